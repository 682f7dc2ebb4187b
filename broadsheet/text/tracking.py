"""Names of query parameters that count visits and never choose an article.

Data for `addresses`. A name goes in only if no publisher is known to choose content by it; what is ambiguous
(`ref`, `source`, `from` ...) goes in `AMBIGUOUS` and falls away only with one of the values given there.
"""

# ruff: noqa: SIM905 - word lists read best as text
from __future__ import annotations

PREFIXES = (
    "utm_",
    "utm-",
    "mtm_",
    "piwik_",
    "matomo_",
    "at_custom",
    "at_link",
    "at_bbc",
    "at_ptr",
    "oly_",
    "vero_",
    "hsa_",
    "_hs",
    "wt.",
    "guce_",
)
"""Beginnings of names. Systems that also choose pages by such names (`sc_itemid`) have theirs listed one by one."""

NAMES = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid ymclid twclid ttclid li_fat_id igshid igsh
    mkt_tok _ga _gl _openstat _branch_match_id _branch_referrer epik rdt_cid s_cid s_kwcid ef_id zanpid
    pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid pk_vid
    at_campaign at_medium at_format ns_mchannel ns_source ns_campaign ns_linkname ns_fee
    mc_cid mc_eid mc_tc wt_mc wt_zmc wt_cc1 wt_t wt_a sc_campaign sc_channel sc_src sc_llid sc_lid sc_uid sc_eh
    stm_source stm_medium stm_campaign
    ftcamp smprod traffic_source traffic_medium tpcc __twitter_impression guccounter hss_channel
    xtor xtref xtcr xing_share spref soc_src soc_trk
    fb_action_ids fb_action_types fb_ref fb_source action_object_map action_type_map action_ref_map
    wprov nr_email_referer elqtrackid elqtrack cm_mmc cm_ven cm_cat cm_pla cm_ite
    adgroupid trkcampaign trkinfo sref srnd mbid sharetype shared_by referral referrer_source isource
    amp_js_v amp_gsa usqp
    """.split()
)
"""Whole names, lower case."""

UNLESS_NUMBER = frozenset("cmp smid smtyp ncid ocid icid cmpid emc cvid taid trk ito share_id campaignid".split())
"""Counters of large publishers that might be somebody's number of an article: with a number they stay."""

_CHANNELS = frozenset(
    """
    rss feed feeds rssfeed rss_feed atom homepage home front frontpage twitter facebook fb x t.co tw linkedin
    whatsapp telegram reddit email newsletter nl share social socialmedia flipboard applenews apple_news googlenews
    google_news googlenews_rss news_google pocket mastodon bluesky threads push pushly instagram messenger sharebar
    sharebutton topnews mobile app webpush rss20
    """.split()
)

_UNCERTAIN = """
    ref referer referrer source src from partner partnerid via medium channel campaign output feature ref_src
    ref_url rss origin mod sr_share spm int_source int_medium int_campaign intcmp cid
    """.split()

AMBIGUOUS: dict[str, frozenset[str]] = dict.fromkeys(_UNCERTAIN, _CHANNELS)
"""Names that fall away only with one of the values (lower case) in the set."""

AMP_PARAMETERS: dict[str, frozenset[str]] = {
    "amp": frozenset({"", "1", "true", "yes"}),
    "isamp": frozenset({"", "1", "true"}),
    "outputtype": frozenset({"amp", "valid_amp", "amp-type"}),
    "output": frozenset({"amp"}),
    "output_type": frozenset({"amp"}),
    "view": frozenset({"amp"}),
    "mode": frozenset({"amp"}),
    "noamp": frozenset({"mobile", "available", "1", ""}),
}
"""Parameters that ask for the AMP twin of a page."""
