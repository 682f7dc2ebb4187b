"""English."""

HE = "he she"
THEY = "they we i you"
IT = "it this there these those that's it's what everything nothing"
HIM = "him me us them himself herself themselves"
HIS = "his her their our my its your"
DET = "the a an one another some many several most both other any every each no few two three four five all certain"
PREP = (
    "of in on at for with from about against during over under into through between among across behind toward "
    "towards without within upon near outside inside along amid beyond despite per via like off out up down around "
    "including concerning regarding besides alongside throughout following than until till past onto by"
)
SAY = (
    "said says say added adds replied replies explained explains wrote writes tweeted tweets retorted quipped quips "
    "remarked remarks opined mused muses continued continues responded responds recalled recalls joked jokes stated "
    "states noted notes commented exclaimed shouted yelled whispered concluded concludes lamented laments elaborated "
    "asserted asserts conceded concedes countered counters chimed boasted boasts insisted insists argued argues "
    "declared declares observed observes reiterated reiterates deadpanned cautioned cautions contended contends "
    "bragged griped scoffed snapped sighed intoned posted posts reads testified testifies emailed texted blogged "
    "confided proclaimed proclaims pronounced stressed stresses emphasized emphasizes emphasised averred "
    "fumed thundered barked pleaded pleads chuckled laughed jeered hollered screamed cried"
)
CALL = (
    "called calls call described describes describe warned warns warn claimed claims claim announced announces "
    "suggested suggests suggest acknowledged acknowledges acknowledge admitted admits admit believes believed believe "
    "thinks thought think predicted predicts charged charges accused accuses blasted blasts slammed slams criticized "
    "criticizes criticised complained complains urged urges urge vowed vows promised promises pledged pledges praised "
    "praises dismissed dismisses denounced denounces condemned condemns blamed blames defended defends asked asks ask "
    "questioned questions wondered wonders answered answers demanded demands hinted hints expressed expresses repeated "
    "repeats mentioned mentions maintained maintains alleged alleges confirmed confirms denied denies referred refers "
    "ripped rips labeled labels labelled dubbed dubs branded brands deemed touted touts cited cites quoted quotes read "
    "wanted wants feared fears hoped hopes felt feels pointed points spoke speaks talked talks railed hailed hails "
    "mocked mocks lauded lauds characterized characterizes likened compared ordered concurred agreed agrees disagreed "
    "offered offers apologized apologizes heard chanted chants sang interjected began begins went goes finished ended "
    "ventured volunteered reminded teased attacked attacks lambasted derided decried bemoaned rejected rejects touched "
    "issued released published reported reports report revealed reveals indicated indicates signaled argue insist "
    "advised advises advocated advocates speculated speculates theorized reflected summarized estimated "
    "interrupted ranted tell accepts echoed echoes invoked swore laid put puts gave recounted recounts"
)
TELL = "told tells informed informs assured assures reminded reminds"
SAYING = (
    "saying adding telling noting writing arguing explaining claiming insisting calling describing declaring warning "
    "stating tweeting asking suggesting stressing referring responding concluding continuing replying joking "
    "citing quoting accusing predicting charging complaining pointing promising vowing denouncing admitting "
    "acknowledging asserting announcing commenting labeling urging repeating recalling speaking posting shouting"
)
BY = "according"
BE = (
    "is are was were be been being am has have had having do does did will would can could may might shall should must "
    "'s 'd 'll isn't wasn't doesn't didn't won't wouldn't can't couldn't hasn't haven't hadn't aren't weren't"
)
THAT = "that whether"
AND = "and or but nor yet"
WHEN = (
    "when while as if because since after before although though unless once where whereas how why so whenever "
    "even because then"
)
WHO = "who which whose whom"
ROLE = (
    "spokesman spokeswoman spokesperson spokesmen spokespeople official officials source sources aide aides adviser "
    "advisers advisor advisors analyst analysts expert experts critic critics supporter supporters lawyer lawyers "
    "attorney attorneys strategist strategists operative operatives voter voters senator senators congressman "
    "congresswoman lawmaker lawmakers governor mayor president secretary minister chairman chairwoman chair director "
    "manager professor judge prosecutor prosecutors officer officers police chief leader leaders candidate candidates "
    "nominee reporter reporters journalist journalists host author writer activist activists organizer organizers "
    "resident residents witness witnesses neighbor neighbors mother father wife husband son daughter brother sister "
    "man woman men women student students teacher teachers doctor doctors scientist scientists researcher researchers "
    "economist economists historian pollster pollsters executive executives ceo founder owner member members delegate "
    "delegates donor donors friend friends colleague colleagues opponent opponents rival rivals ally allies insider "
    "insiders observer observers veteran veterans people person group groups organization campaign committee company "
    "administration government department agency court report letter statement editorial board team representative "
    "representatives ambassador commissioner general sheriff pastor bishop priest coach player worker workers farmer "
    "farmers businessman billionaire mogul politician politicians democrat democrats republican republicans "
    "conservative conservatives liberal liberals moderator commentator commentators pundit pundits columnist "
    "coordinator consultant consultants speaker counsel correspondent anchor editor editors participant participants "
    "investigator investigators authorities attendee attendees protester protesters protestors demonstrators"
)
TITLE = (
    "mr mrs ms miss dr sen sens rep reps gov lt gen col maj capt sgt prof rev hon atty sir lord lady dame senator "
    "representative governor president congressman congresswoman secretary minister chancellor premier king queen "
    "prince princess pope cardinal justice judge professor mayor speaker ambassador st"
)
SPEECH = (
    "statement tweet tweets interview email e-mail letter speech message memo post comment comments remarks remark "
    "question answer quote words word article op-ed column press conference release note"
)
WORK = (
    "film movie book novel song album show program programme series play episode title titled entitled headlined "
    "headline slogan so-called called named nicknamed dubbed known magazine newspaper poem painting segment podcast "
    "documentary column section chapter hashtag labeled chant chants sign signs reading"
)
ADV = (
    "also then later now again still just only even once recently previously earlier today yesterday tonight thursday "
    "simply never always often instead further however meanwhile ago too there here well soon publicly once rather "
    "perhaps maybe already quickly nevertheless nonetheless moreover furthermore finally first back away together"
)
DONE = (
    "made took came left held got won lost ran saw knew kept met led stood sat spent sent brought bought found became "
    "seems seem seemed makes takes comes gets wins runs sees knows keeps leads stands gives meets holds shows showed "
    "shown plans works hopes tried tries needs means meant drew grew rose fell broke chose drove wore hit cut set let "
    "help helped faces remains remained appeared appears"
)
TO = "to"
NOT = "not n't"
DAY = (
    "monday tuesday wednesday friday saturday sunday january february march april june july august september "
    "october november december asked related yes oh"
)
FEMALE = (
    "mrs ms miss lady dame queen princess spokeswoman congresswoman chairwoman mother "
    "wife sister daughter woman actress girl widow businesswoman "
)
MALE = (
    "mr sir lord king prince spokesman congressman chairman father husband brother son man "
    "actor boy widower businessman "
)
