"""A wrong setting is one clear line, said before anything opens, and never repeats a secret."""

from pathlib import Path

import pytest

from advocacy.config import BadSetting, Config, is_loopback

SECRET = "s3cret-plainly-fictional"


def read(**settings: str) -> Config:
    return Config.from_environment(settings)


def fault(**settings: str) -> str:
    """What a wrong setting says: one line that names it and shows no secret."""
    with pytest.raises(BadSetting) as found:
        read(**settings)
    says = str(found.value)
    assert "\n" not in says
    assert SECRET not in says
    assert says.endswith(".")
    return says


def test_nothing_needs_to_be_set() -> None:
    config = read()

    assert config.database_url == "sqlite:///var/advocacy.db"
    assert (config.base_url, config.signer_url) == ("http://127.0.0.1:5000", "http://127.0.0.1:5000")
    assert (config.smtp_url, config.congress_api_key, config.demo) == (None, None, False)
    assert config.keys_file == Path("var/keys.json")


def test_the_rest_follows_the_folder_and_the_port() -> None:
    config = read(VAR="/srv/advocacy", PORT="8080")

    assert config.database_url == "sqlite:////srv/advocacy/advocacy.db"
    assert config.queue_url == "sqlite:////srv/advocacy/queue.db"
    assert config.keys_file == Path("/srv/advocacy/keys.json")
    assert config.base_url == config.signer_url == "http://127.0.0.1:8080"


def test_everything_can_be_set() -> None:
    config = read(
        DATABASE_URL="postgresql://advocacy:pass@db.example/advocacy",
        QUEUE_URL="postgresql+psycopg://advocacy:pass@db.example/advocacy",
        BASE_URL="https://desk.example/",
        SIGNER_URL="https://quiet.example",
        SMTP_URL="smtp://user:p%40ss@mail.example:587",
        MAIL_FROM="Updates <updates@quiet.example>",
        EXIT_URL="https://www.weather.gov/today",
        TIME_ZONE="America/Denver",
        CONGRESS_API_KEY=SECRET,
    )

    assert (config.base_url, config.signer_url) == ("https://desk.example", "https://quiet.example")
    assert (config.congress_api_key, config.time_zone) == (SECRET, "America/Denver")
    assert config.mail_from == "Updates <updates@quiet.example>"


@pytest.mark.parametrize("name", ["PORT", "BASE_URL", "DATABASE_URL", "SMTP_URL", "DEMO", "TIME_ZONE"])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_setting_left_empty_is_not_set(name: str, nothing: str) -> None:
    assert read(**{name: nothing}) == read()


def test_a_setting_is_told_apart_from_what_the_machine_sets() -> None:
    assert read(HOME="/root", LANG="C", PATH="/bin") == read()


@pytest.mark.parametrize(
    "value", ["0", "65536", "-1", "5000.0", "five", "٥٠٠٠", "²", "1e3", "9" * 5000, "0x50"]
)
def test_a_port_is_a_number(value: str) -> None:
    assert fault(PORT=value).startswith("PORT must be")


@pytest.mark.parametrize("value", ["2", "on", "please", "TRUE!"])
def test_the_demo_is_on_or_off(value: str) -> None:
    assert fault(DEMO=value) == "DEMO must be 0 or 1."


@pytest.mark.parametrize("value", ["1", "yes", "TRUE"])
def test_the_demo_can_be_switched_on(value: str) -> None:
    assert read(DEMO=value).demo


@pytest.mark.parametrize("name", ["BASE_URL", "SIGNER_URL", "EXIT_URL", "CONGRESS_API_URL", "GOVINFO_URL"])
@pytest.mark.parametrize(
    "value",
    [
        "desk.example",
        "ftp://desk.example",
        "javascript:alert(1)",
        "https://",
        "https://:80",
        "https://desk.example:port",
        "https://desk.example:99999",
        "https://[::1",
        "https://desk .example",
        f"https://user:{SECRET}@desk.example",
        "https://desk.example?x=1",
        "https://desk.example#x",
        "https://desk.example/\nX-Planted: yes",
    ],
)
def test_a_web_address_is_plain(name: str, value: str) -> None:
    assert fault(**{name: value}).startswith(name)


@pytest.mark.parametrize("name", ["BASE_URL", "SIGNER_URL"])
@pytest.mark.parametrize(
    "value", ["http://desk.example", "http://192.0.2.7:5000", "http://127.0.0.1.desk.example"]
)
def test_nobody_comes_in_by_a_door_in_the_clear(name: str, value: str) -> None:
    assert "https://" in fault(**{name: value})


@pytest.mark.parametrize(
    "value", ["http://127.0.0.1:5000", "http://localhost", "http://[::1]:5000", "https://desk.example"]
)
def test_this_machine_needs_no_lock_on_its_own_door(value: str) -> None:
    assert read(BASE_URL=value).base_url == value


def test_a_door_is_a_whole_host() -> None:
    assert fault(BASE_URL="https://desk.example/advocacy").startswith(
        "BASE_URL must be the address of a host"
    )


@pytest.mark.parametrize("name", ["DATABASE_URL", "QUEUE_URL"])
@pytest.mark.parametrize(
    "value",
    [
        "advocacy.db",
        "mysql://user@host/name",
        f"postgres://user:{SECRET}@host/name",
        f"postgresql+asyncpg://user:{SECRET}@host/name",
        f"postgresql://user:{SECRET}@host:port/name",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:advocacy.db",
    ],
)
def test_a_database_is_one_we_know_and_keeps_what_it_gets(name: str, value: str) -> None:
    assert fault(**{name: value}).startswith(name)


@pytest.mark.parametrize(
    "value",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        f"smtp://user:{SECRET}@",
        f"smtp://user:pa#{SECRET}@mail.example",
        f"smtp://user:{SECRET}@mail.example:port",
        f"smtp://user:{SECRET} @mail.example",
        "smtp://mail.example/path",
    ],
)
def test_a_mail_server_is_named_whole(value: str) -> None:
    assert fault(SMTP_URL=value).startswith("SMTP_URL")


@pytest.mark.parametrize("name", ["MAIL_FROM", "OFFICE_MAIL_FROM"])
@pytest.mark.parametrize(
    "value",
    [
        "updates",
        "@desk.example",
        "updates@",
        "updates@desk..example",
        "a@desk.example, b@desk.example",
        "a b@desk.example",
        "Updates <updates@desk.example",
        "updates@desk.example>",
        "Updates updates@desk.example",
        "a@desk.example <b@desk.example>",
        "müller@desk.example",
        "updates@desk.example\r\nBcc: all@desk.example",
    ],
)
def test_a_sender_is_one_address(name: str, value: str) -> None:
    assert fault(**{name: value}).startswith(name)


@pytest.mark.parametrize(
    "value", ["Ohio", "America", "../../etc/passwd", "/etc/passwd", "America/New York", "EST5EDT4"]
)
def test_a_zone_is_one_the_clocks_know(value: str) -> None:
    assert fault(TIME_ZONE=value).startswith("TIME_ZONE")


@pytest.mark.parametrize("name", ["CONGRESS_API_KEY", "OPENSTATES_API_KEY", "LEGISCAN_API_KEY"])
@pytest.mark.parametrize("value", [f"{SECRET} # my key", f"{SECRET}\n{SECRET}", f"{SECRET}\tx"])
def test_a_key_is_one_word(name: str, value: str) -> None:
    assert fault(**{name: value}).startswith(name)


def test_a_name_is_one_visible_line() -> None:
    assert fault(NETWORK_NAME="The\nNetwork").startswith("NETWORK_NAME")
    assert fault(NETWORK_NAME="The \u202eNetwork").startswith("NETWORK_NAME")
    assert read(NETWORK_NAME="Red de Ejemplo, “Norte”").network_name == "Red de Ejemplo, “Norte”"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://desk.example"),
        ("SIGNER_URL", "https://quiet.example"),
        ("SMTP_URL", "smtps://mail.example"),
    ],
)
def test_the_demo_never_leaves_this_machine(name: str, value: str) -> None:
    assert name in fault(DEMO="1", **{name: value})
    assert read(**{name: value})


def test_a_configuration_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        read().demo = True  # type: ignore[misc]


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
    + [
        ("localhost.desk.example", False),
        ("127.0.0.1.desk.example", False),
        ("", False),
        ("192.0.2.7", False),
    ],
)
def test_only_this_machine_is_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "1000", "²"])
def test_how_often_one_person_is_asked_is_a_small_whole_number(value: str) -> None:
    assert "ASK_BUDGET" in fault(ASK_BUDGET=value)
    assert (read().ask_budget, read(ASK_BUDGET="4").ask_budget) == (2, 4)


@pytest.mark.parametrize("value", ["0", "-1", "many", "1000"])
def test_the_wait_before_more_is_shown_is_a_number_of_hours(value: str) -> None:
    assert "RAISE_WAIT_HOURS" in fault(RAISE_WAIT_HOURS=value)
    assert (read().raise_wait_hours, read(RAISE_WAIT_HOURS="48").raise_wait_hours) == (24, 48)
