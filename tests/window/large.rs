//! A team of five thousand among as many users: how soon the window answers a dropped file, keys, clicks and scrolling.
//! The times are printed beside what the same window needs for a key that does nothing; the test does not hang on them.

use crate::hand::Session;
use crate::keyboard;
use crate::page::{self, find, gone, is_there_within, reads, run};
use crate::place::Place;
use crate::pointer::Target;
use crate::wizard;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use thirtyfour::prelude::WebDriver;

const PEOPLE: u32 = 5_000;
/// Where nothing more is answered for so long, all was.
const REST: Duration = Duration::from_millis(1_500);
/// How long a finger takes to turn the wheel on by a notch.
const NOTCH: Duration = Duration::from_millis(60);
/// How long a person looks before the next key.
const UNHURRIED: Duration = Duration::from_millis(500);

/// Notes, for each thing a person does, how long it takes until the next frame is painted with whatever came of it. The
/// screen's clock and the page's are some time apart: by what the event that was heard soonest seems to have taken.
const NOTE_FRAMES: &str = "
    window.frames = [];
    window.apart = Infinity;
    for (const kind of ['keydown', 'pointerdown', 'click', 'wheel']) {
        addEventListener(kind, (event) => {
            const from = event.timeStamp;
            window.apart = Math.min(window.apart, performance.now() - from);
            requestAnimationFrame(() => {
                const painted = new MessageChannel();
                painted.port1.onmessage = () => window.frames.push(performance.now() - from);
                painted.port2.postMessage(0);
            });
        }, { capture: true, passive: true });
    }";

/// Notes how long after the last press the page first says that it was heard, and the table shows what came of it.
const NOTE_CHANGES: &str = "
    for (const kind of ['keydown', 'click']) {
        addEventListener(kind, () => {
            window.pressed = performance.now();
            window.heard = null;
            window.shown = null;
        }, { capture: true, passive: true });
    }
    const ours = '[data-testid=mapping-row], [data-testid=mapping-table]';
    new MutationObserver((changes) => {
        const after = performance.now() - window.pressed;
        if (changes.some((it) => it.attributeName === 'aria-busy' && it.target.ariaBusy === 'true')) window.heard ??= after;
        if (changes.some((it) => it.attributeName !== 'aria-busy' && it.target.matches(ours))) window.shown ??= after;
    }).observe(document.body, { subtree: true, attributeFilter: ['data-state', 'aria-rowcount', 'aria-busy'] });";

/// Notes when a dropped file is first answered, and when its users are counted.
const NOTE_ANSWERS: &str = "
    window.answers = {};
    new MutationObserver(() => {
        for (const id of ['reading', 'users-total']) {
            if (!(id in window.answers) && document.querySelector(`[data-testid=${id}]`)) window.answers[id] = Date.now();
        }
    }).observe(document.body, { subtree: true, childList: true });";

/// Returns what was noted of frames.
const NOTED: &str = "return window.frames.map((it) => it - window.apart)";

/// Puts as many plain lines over the page, to see what scrolling costs where there is nothing but text.
const PLAIN: &str = "
    const plain = document.createElement('div');
    plain.id = 'plain';
    plain.style = 'position: fixed; inset: 0; overflow: auto; background: white; z-index: 9';
    plain.innerHTML = Array.from({ length: 5000 }, (_, it) => `<p>Given${it} Family${it} p${it}@example.com</p>`).join('');
    document.body.append(plain);";

/// Scrolls the table notch by notch, and returns how long the page itself works on each: scripts, styles and layout, but
/// not the painting, which is done by other threads.
const OWN_WORK: &str = "
    const done = arguments[arguments.length - 1];
    const table = document.querySelector('[data-testid=mapping-table]');
    let scroller = table;
    while (!/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
    const took = [];
    let begun = 0;
    addEventListener('scroll', () => { begun = performance.now(); }, { capture: true, passive: true });
    const notch = () => {
        if (begun > 0) {
            document.body.offsetHeight;
            took.push(performance.now() - begun);
        }
        begun = 0;
        if (took.length === 60) return done(took);
        scroller.scrollTop += 120;
        requestAnimationFrame(notch);
    };
    requestAnimationFrame(notch);";

#[tokio::test]
async fn five_thousand_people_are_as_quick_as_five() {
    let place = Place::open().await;
    let (users, team) = files(place.desktop.home());
    let app = place.start_app().await;
    let target = Target::find(&place.desktop);
    let session = Session::by_mouse(&place.desktop, app);
    let page = session.page();
    session.press("primary").await;
    wizard::permissions(&session).await;
    wizard::credential(&session, &place).await;
    find(page, "dropzone-choose").await;
    run(page, NOTE_FRAMES).await;
    run(page, NOTE_ANSWERS).await;
    run(page, NOTE_CHANGES).await;
    let floor = frames(&session, || {
        for _ in 0..20 {
            keyboard::press(&place.desktop, &["F7"]);
        }
    })
    .await;
    told("a key that does nothing", &floor);
    run(page, PLAIN).await;
    let wheel = || target.wheel(session.desktop, 500, 400, 40);
    told("the wheel over plain lines", &frames(&session, wheel).await);
    run(page, "document.getElementById('plain').remove()").await;

    drop_users(&session, &target, &users).await;
    session.press("step-mapping").await;
    find(page, "page-mapping").await;
    find(page, "dropzone-choose").await;
    session.hand_over(&team, "", "").await;
    let all = (PEOPLE + 1).to_string();
    reads(page, "mapping-table", "aria-rowcount", &all).await;

    scroll(&session, &target).await;
    type_and_click(&session).await;
    decide(&session).await;
}

/// Writes both sides: a thousand of the team have another address in Greenhouse.
fn files(folder: &Path) -> (PathBuf, PathBuf) {
    let mut users = String::from("User ID,Name,Email,Site Admin\n");
    let mut team = String::from("Name,E-mail\n");
    for it in 1..=PEOPLE {
        let domain = if it % 5 == 0 { "org" } else { "com" };
        writeln!(
            users,
            "{},Given{it} Family{it},p{it}@example.com,Yes",
            4_000_000 + it
        )
        .unwrap();
        writeln!(team, "Given{it} Family{it},p{it}@example.{domain}").unwrap();
    }
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("the file is written");
        path
    };
    (write("users.csv", users), write("team.csv", team))
}

/// Lets the export go over the window, and tells when it was answered.
async fn drop_users(session: &Session<'_>, target: &Target, users: &Path) {
    let page = session.page();
    let drag = loop {
        let drag = target.drag(session.desktop, &[users], 500, 400);
        if is_there_within(page, "drop-veil", Duration::from_secs(8)).await {
            break drag;
        }
        drag.put_back();
    };
    let begun = SystemTime::UNIX_EPOCH
        .elapsed()
        .expect("it is later")
        .as_millis();
    drag.let_go();
    find(page, "users-total").await;
    let answers = run(page, "return window.answers").await;
    let after = |id: &str| answers[id].as_f64().expect("it was seen") - begun as f64;
    println!(
        "a dropped export: “reading” after {:.0} ms, its users after {:.0} ms",
        after("reading"),
        after("users-total")
    );
}

async fn scroll(session: &Session<'_>, target: &Target) {
    let page = session.page();
    let wheel = frames(session, || target.wheel(session.desktop, 500, 600, 40)).await;
    told("the wheel over the table", &wheel);
    let wheel = frames(session, || {
        for _ in 0..20 {
            target.wheel(session.desktop, 500, 600, 1);
            std::thread::sleep(NOTCH);
        }
    })
    .await;
    told("the same, notch by notch", &wheel);
    let own = page.execute_async(OWN_WORK, Vec::new()).await;
    told(
        "the page's own work for a notch",
        &numbers(own.expect("it scrolls").json()),
    );
    let ends = frames(session, || {
        for key in ["End", "Home", "Next", "Prior"].repeat(5) {
            keyboard::press(session.desktop, &[key]);
        }
    })
    .await;
    told("End, Home, Page Down and Page Up", &ends);
    let ends = frames(session, || {
        for key in ["End", "Home", "Next", "Prior"].repeat(3) {
            keyboard::press(session.desktop, &[key]);
            std::thread::sleep(UNHURRIED);
        }
    })
    .await;
    told("the same, one after the other", &ends);
    keyboard::press(session.desktop, &["End"]);
    let begun = Instant::now();
    // The last of the table are read when they come into sight.
    let waits = "return document.querySelectorAll('[data-testid=mapping-table] .wait').length";
    let last = format!(
        "return [...document.querySelectorAll('[role=row]')].some((it) => it.ariaRowIndex === '{}')",
        PEOPLE + 1
    );
    while run(page, &last).await.as_bool() != Some(true)
        || run(page, waits).await.as_u64() != Some(0)
    {
        assert!(begun.elapsed() < page::PATIENCE, "the last rows are drawn");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("the last rows, from the first: {:.0?}", begun.elapsed());
    keyboard::press(session.desktop, &["Home"]);
    tokio::time::sleep(REST).await;
}

async fn type_and_click(session: &Session<'_>) {
    let page = session.page();
    let letters = frames(session, || {
        keyboard::press(session.desktop, &["slash"]);
        keyboard::write(session.desktop, "given4998");
    })
    .await;
    told("letters typed into the search", &letters);
    reads(page, "mapping-table", "aria-rowcount", "2").await;
    shown(page, "found, after the last letter").await;
    page::fill(page, "search-mapping", "").await;
    reads(
        page,
        "mapping-table",
        "aria-rowcount",
        &(PEOPLE + 1).to_string(),
    )
    .await;
    let moved = frames(session, || {
        for _ in 0..20 {
            keyboard::press(session.desktop, &["Tab"]);
        }
    })
    .await;
    told("Tab through rows and buttons", &moved);
}

/// Decides on one row each way, and tells how long until the table says so.
async fn decide(session: &Session<'_>) {
    let page = session.page();
    session.write("search-mapping", "given4998").await;
    reads(page, "mapping-table", "aria-rowcount", "2").await;
    session.press("confirm").await;
    reads(page, "mapping-row", "data-state", "confirmed").await;
    shown(page, "confirmed, and proved with Greenhouse").await;
    session.press("undo").await;
    reads(page, "mapping-row", "data-state", "proposed").await;
    shown(page, "taken back").await;
    session.choose("row-menu", "leave-out").await;
    reads(page, "mapping-row", "data-state", "left_out").await;
    shown(page, "left out").await;
    session.press("undo").await;
    reads(page, "mapping-row", "data-state", "proposed").await;
    gone(page, "mapping-problem").await;
}

/// Tells how long it took until the last press was heard, and until the table showed what came of it.
async fn shown(page: &WebDriver, what: &str) {
    let after = run(page, "return [window.heard, window.shown]").await;
    let [heard, shown] = [0, 1].map(|at| after[at].as_f64());
    let heard = heard.map_or_else(String::new, |it| format!("heard after {it:.0} ms, "));
    println!(
        "{what}: {heard}shown after {:.0} ms",
        shown.unwrap_or(f64::NAN)
    );
}

/// Does something, and returns how long each frame took that answered it.
async fn frames(session: &Session<'_>, act: impl FnOnce()) -> Vec<f64> {
    run(session.page(), "window.frames.length = 0").await;
    act();
    let mut noted = Vec::new();
    loop {
        tokio::time::sleep(REST).await;
        let now = numbers(&run(session.page(), NOTED).await);
        if now.len() == noted.len() {
            assert!(noted.len() >= 9, "what is done is heard: {noted:?}");
            return noted;
        }
        noted = now;
    }
}

fn numbers(list: &serde_json::Value) -> Vec<f64> {
    let list = list.as_array().expect("a list").iter();
    list.filter_map(serde_json::Value::as_f64).collect()
}

fn told(what: &str, frames: &[f64]) {
    let mut frames = frames.to_vec();
    frames.sort_by(f64::total_cmp);
    let at = |part: usize| frames[(frames.len() - 1) * part / 100];
    println!(
        "{what}: {} answered, half within {:.0} ms, 95 of 100 within {:.0} ms, all within {:.0} ms",
        frames.len(),
        at(50),
        at(95),
        at(100)
    );
}
