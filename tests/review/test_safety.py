"""Who is let in, what is kept out, and what is never said."""

import logging
import re
import threading

import pytest
from fastapi.testclient import TestClient

from coded_studies import request_id
from review.conftest import ADDRESS, Page, card_in, data
from themes.database import team
from themes.errors import StudyError
from themes.review.password import hashed
from themes.review.session import COOKIE

EVIL = (
    "<script>document.title='owned'</script><img src=x onerror=alert(1)> \u202enaam\u202c {{7*7}}"
)
SECRET = "a password of some length"


def with_passwords(serve, **how):
    served = serve(accounts=True, **how)
    with served.made.database.write() as connection:
        for coder in served.made.coders.values():
            team.set_password_hash(connection, coder.id, hashed(SECRET + coder.name))
    return served


def log_in(served, name="anna", secret=None):
    client = TestClient(served.app, base_url=ADDRESS, follow_redirects=True)
    secret = SECRET + name if secret is None else secret
    return client, client.post("/login", data={"name": name, "password": secret})


def test_a_password_lets_in_and_a_wrong_one_does_not(serve):
    served = with_passwords(serve)
    assert 'id="card"' in log_in(served)[1].text
    assert 'id="card"' in log_in(served, "Anna", SECRET + "anna")[1].text
    for name, secret in (("anna", "wrong"), ("nobody", SECRET), ("anna", ""), ("", "")):
        refused = log_in(served, name, secret)[1]
        assert refused.status_code == 401
        assert "do not belong together" in refused.text


def test_passwords_are_kept_as_argon2_hashes_alone(serve):
    served = with_passwords(serve)
    with served.made.database.read() as connection:
        assert team.password_hash(connection, 1).startswith("$argon2id$")
    for path in served.made.folder.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()


def test_guessing_is_slowed_down(serve):
    served = with_passwords(serve)
    for _ in range(5):
        assert log_in(served, secret="wrong")[1].status_code == 401
    waiting = log_in(served)[1]
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) > 200
    assert 'id="card"' in log_in(served, "ben")[1].text


def test_the_cookie_is_signed_and_out_of_reach_of_scripts(serve):
    served = with_passwords(serve)
    client = TestClient(served.app, base_url=ADDRESS, follow_redirects=False)
    cookie = client.post("/login", data={"name": "anna", "password": SECRET + "anna"})
    said = cookie.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    value = client.cookies[COOKIE]
    forged = value[:-1] + ("A" if value[-1] != "A" else "B")
    other = served.room.sessions.__class__(served.made.folder.parent).issue(1, "")
    for wrong in (forged, other, "", "x.y.z", value[1:], "W10.aaaa.bbbb"):
        stranger = TestClient(served.app, base_url=ADDRESS, cookies={COOKIE: wrong})
        assert stranger.get("/", follow_redirects=False).headers["location"] == "/login"
        asked = stranger.post("/act", json={}, headers={"accept": "application/json"})
        assert asked.status_code in (401, 422)


def test_a_new_password_closes_the_old_sessions(serve):
    served = with_passwords(serve)
    client, _ = log_in(served)
    with served.made.database.write() as connection:
        team.set_password_hash(connection, 1, hashed("another long password"))
    assert "password" in client.get("/").text


def test_logging_out(serve):
    client, page = log_in(with_passwords(serve))
    token = re.search(r'data-csrf="([0-9a-f]+)"', page.text)[1]
    assert client.post("/logout", data={"csrf": "no"}).status_code == 403
    client.post("/logout", data={"csrf": token})
    assert COOKIE not in client.cookies


def test_the_printed_address_works_once_and_only_without_accounts(serve):
    served = serve()
    ticket = served.room.sessions.ticket(1)
    first, second = (TestClient(served.app, base_url=ADDRESS) for _ in range(2))
    assert 'id="card"' in first.get(f"/enter?ticket={ticket}").text
    assert "printed in the terminal" in second.get(f"/enter?ticket={ticket}").text
    assert "printed in the terminal" in second.post("/login", data={"name": "anna"}).text


def test_tickets_do_not_replace_passwords(serve):
    served = with_passwords(serve)
    client = TestClient(served.app, base_url=ADDRESS)
    assert 'type="password"' in client.get(f"/enter?ticket={served.room.sessions.ticket(1)}").text


def test_requests_of_other_pages_are_refused(serve):
    served = serve()
    page = served.page("anna")
    card = page.card()
    body = {
        "request_id": request_id(),
        "assignment_id": int(card["assignment"]),
        "act": "none",
        "seen": card["seen"],
    }
    for headers in (
        {"x-csrf-token": ""},
        {"x-csrf-token": "0" * 64},
        {"x-csrf-token": served.page("ben").csrf},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        refused = page.post("/act", body, **headers)
        assert refused.status_code == 403, headers
    assert (
        page.post(
            "/memo",
            {"request_id": request_id(), "about": "code", "about_id": "cost", "text": "x"},
            **{"x-csrf-token": "no"},
        ).status_code
        == 403
    )
    assert served.decisions() == ()
    assert page.post("/act", body, origin=ADDRESS).status_code == 200


def test_other_names_of_this_machine_are_not_served(serve):
    served = serve()
    for host in ("evil.example:8765", "evil.example", ""):
        client = TestClient(served.app, base_url=ADDRESS, headers={"host": host})
        assert client.get("/login").status_code == 421


PATHS = (
    "/",
    "/find",
    "/bulk",
    "/codebook",
    "/work",
    "/keys",
    "/login",
    "/static/review.js",
    "/nowhere",
    "/turn/999",
    "/turn/x",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_a_strict_policy(serve, path):
    answer = serve().page("anna").get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "server" not in answer.headers
    if not path.startswith("/static"):
        assert answer.headers["cache-control"] == "no-store"
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)


def test_nothing_is_asked_of_anybody_else(serve):
    page = serve().page("olga")
    for path in (*PATHS, "/adjudicate", "/team"):
        for address in re.findall(
            r"""(?:src|href|action|url)=?["'(]([^"')]+)""", page.get(path).text
        ):
            assert address.startswith(("/", "#", "'")), (path, address)


def test_hostile_text_is_text(serve):
    served = serve(n=1, n_answers=1, extra=(EVIL,))
    page = served.page("anna")
    page.act("none")
    html = page.get("/").text
    assert "<script>document" not in html
    assert "&lt;script&gt;document" in html
    assert "{{7*7}}" in html
    body = {"request_id": request_id(), "about": "code", "about_id": "cost", "text": EVIL}
    page.post("/memo", body)
    for who, path in (("anna", "/codebook"), ("olga", "/team")):
        html = served.page(who).get(path).text
        assert "&lt;script&gt;document" in html
        assert "<script>document" not in html


def test_endless_and_broken_requests(serve):
    page = serve().page("anna")
    assert page.client.post("/act", content=b"x" * 300_000).status_code == 413
    broken = page.client.post("/act", content=b"{not json", headers={"accept": "application/json"})
    assert broken.status_code == 422
    assert "not json" not in broken.text


def test_no_text_reaches_the_log_or_an_error(serve, caplog, capfd, monkeypatch):
    served = serve(n=1, n_answers=1, extra=(EVIL,))
    page = served.page("anna")
    page.post("/find", {"text": "owned"})
    page.act("none")
    import themes.review.coding as coding

    def fail(*_, **__):
        raise ValueError(EVIL)

    monkeypatch.setattr(coding, "card", fail)
    with caplog.at_level(logging.DEBUG):
        answer = page.get("/")
    assert answer.status_code == 500
    assert "owned" not in answer.text + caplog.text + "".join(capfd.readouterr())
    assert "unexpected ValueError at test_safety.py" in caplog.text


def test_a_full_or_locked_database_says_so_and_loses_nothing(serve, monkeypatch):
    served = serve()
    page = served.page("anna")
    card = page.card()
    from themes.database import log

    def full(*_, **__):
        raise StudyError("study.sqlite", "cannot be written, the disk is full", "free some space")

    with monkeypatch.context() as patch:
        patch.setattr(log, "append_decisions", full)
        refused = page.act("none", card=card)
    assert refused.status_code == 503
    assert "the disk is full" in data(refused)["said"]
    assert served.decisions() == ()
    assert page.act("none", card=card).status_code == 200


def test_twenty_requests_at_once_keep_their_order(serve):
    served = serve(n=4, n_answers=5)
    page = served.page("anna")
    card = page.card()
    answers = []

    def press(n: int) -> None:
        answers.append(Page(page.client, page.csrf).act("none", card=card).status_code)

    threads = [threading.Thread(target=press, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] + [409] * 7
    assert len(served.decisions()) == 1


def test_keys_can_be_changed_and_only_to_what_can_be(serve):
    served = serve()
    page = served.page("anna")
    form = {"csrf": page.csrf, "accept": "q", "shortcuts": "1", "language": "nl"}
    assert 'value="q"' in page.client.post("/keys", data=form).text
    html = page.get("/").text
    assert "&#34;accept&#34;: &#34;q&#34;" in html
    assert "Toetsen" in html
    assert 'lang="nl"' in html
    wrong = page.client.post("/keys", data={"csrf": page.csrf, "accept": "x"})
    assert 'aria-invalid="true"' in wrong.text
    assert page.client.post("/keys", data=form | {"csrf": "no"}).status_code == 403
    assert "&#34;accept&#34;: &#34;a&#34;" in served.page("ben").get("/").text


def test_memos_keep_what_they_replace_and_are_ones_own(serve):
    served = serve()
    anna, ben = served.page("anna"), served.page("ben")
    segment = anna.card()["segment"]
    body = {"about": "segment", "about_id": segment}
    first = data(anna.post("/memo", body | {"request_id": request_id(), "text": "first"}))
    anna.post(
        "/memo", body | {"request_id": request_id(), "text": "second", "replaces": first["id"]}
    )
    assert data(anna.get(f"/memos/segment/{segment}"))["text"] == "second"
    assert data(ben.get(f"/memos/segment/{segment}"))["text"] == ""
    stolen = body | {"request_id": request_id(), "text": "x", "replaces": first["id"]}
    assert ben.post("/memo", stolen).status_code == 404
    elsewhere = {"about": "code", "about_id": "no.code", "request_id": request_id(), "text": "x"}
    assert ben.post("/memo", elsewhere).status_code == 404
    assert [m.text for m in served.snapshot().memos] == ["first", "second"]


def test_adjudication_by_http(serve):
    served = serve(
        n=1, n_answers=2, coders=(("anna", "coder"), ("ben", "coder"), ("olga", "adjudicator"))
    )
    anna, ben, olga = (served.page(name) for name in ("anna", "ben", "olga"))
    assert "nothing to adjudicate" in olga.get("/adjudicate").text
    for page, code in ((anna, "cost"), (ben, "delay")):
        for _ in range(2):
            card = card_in(data(page.act("add", code))["card"])
            page.act("none", card=card)
    html = olga.get("/adjudicate").text
    assert "anna" not in html
    assert "ben" not in html.replace("benefit", "")
    segment = re.search(r'data-segment="([^"]+)"', html)[1]
    seen = re.search(r'id="case"|data-seen="(\d+)"', html)
    seen = re.search(r'data-seen="(\d+)"', html)[1]
    ruling = {"present": False, "kind": "codebook unclear", "reason": "waiting or paying?"}
    body = {
        "request_id": request_id(),
        "segment_id": segment,
        "seen": seen,
        "rulings": {"cost": ruling},
    }
    assert olga.post("/adjudicate", body).status_code == 409
    body["rulings"] |= {"delay": {"present": False}}
    assert anna.post("/adjudicate", body).status_code == 403
    assert olga.post("/adjudicate", body | {"seen": "9"}).status_code == 409
    for _ in range(2):
        assert olga.post("/adjudicate", body).status_code == 200
    snapshot = served.snapshot()
    assert len(snapshot.adjudications) == 3
    assert {c.present for c in snapshot.codings() if c.code_id == "cost" and c.coder_id == 1} == {
        True
    }
    assert "waiting or paying?" in olga.get("/team").text
    assert re.search(r'data-segment="([^"]+)"', olga.get("/adjudicate").text)[1] != segment
