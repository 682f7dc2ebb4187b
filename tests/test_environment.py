"""Settings are read with their types, and a wrong one stops the start with its name and the value wished."""

from pathlib import Path

import pytest

from broadsheet.environment import SETTINGS, SettingError, read_environment


def test_defaults_are_usable():
    environment = read_environment({})

    assert environment.data == Path("data")
    assert environment.territory == "US"
    assert environment.shard == (1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("TERRITORY", "usa"),
        ("SITE_URL", "news.example.org"),
        ("ALLOW_NETWORKS", "10.0.0.0/99"),
        ("SHARD", "3/2"),
        ("DATABASE_URL", "mysql://x"),
        ("QUEUE_URL", "amqp://x"),
        ("GATHER_CONNECTIONS", "0"),
        ("SAMPLE", "maybe"),
    ],
)
def test_wrong_value_is_named(name, value):
    with pytest.raises(SettingError, match=f"BROADSHEET_{name}"):
        read_environment({f"BROADSHEET_{name}": value})


def test_secret_values_are_not_shown():
    with pytest.raises(SettingError) as caught:
        read_environment({"BROADSHEET_DATABASE_URL": "mysql://me:hunter2@db"})

    assert "hunter2" not in str(caught.value)


def test_value_from_a_file(tmp_path):
    (tmp_path / "key").write_text("s3cret\n")

    assert read_environment({"BROADSHEET_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "s3cret"


def test_missing_file_and_double_setting_are_named(tmp_path):
    with pytest.raises(SettingError, match="cannot be read"):
        read_environment({"BROADSHEET_SECRET_KEY_FILE": str(tmp_path / "none")})
    with pytest.raises(SettingError, match="keep one"):
        read_environment({"BROADSHEET_SECRET_KEY": "a", "BROADSHEET_SECRET_KEY_FILE": "b"})


def test_single_ports_and_networks_are_both_allowed():
    found = read_environment({"BROADSHEET_ALLOW_NETWORKS": "10.1.0.0/16, 127.0.0.1:8300 [::1]:8300"})

    assert found.allow_networks == ("10.1.0.0/16", "127.0.0.1:8300", "[::1]:8300")


def test_reference_names_every_setting():
    reference = Path("docs/reference/settings.md").read_text(encoding="utf-8")

    assert [s.name for s in SETTINGS if f"`BROADSHEET_{s.name}`" not in reference] == []


@pytest.mark.parametrize(
    ("said", "meant"), [("de", "de"), ("DE_AT", "de-at"), ("zh", "zh-hans"), ("zh-CN", "zh-hans"), ("ar-EG", "ar-eg")]
)
def test_the_language_is_one_that_the_interface_speaks(said, meant):
    assert read_environment({"BROADSHEET_LANGUAGE": said}).language == meant


@pytest.mark.parametrize("said", ["pt", "xx", "english", "de-<b>", "de-" + "a" * 20])
def test_another_language_is_refused_with_those_there_are(said):
    with pytest.raises(SettingError, match="en, ar, de, es, fr and zh"):
        read_environment({"BROADSHEET_LANGUAGE": said})
