//! The whole set-up and the first sync, by mouse and by keyboard alone; and what Greenhouse saw of it.

use crate::hand::Session;
use crate::page::picture;
use crate::place::Place;
use crate::wizard::{self, user};
use simulator::Change;
use std::collections::BTreeMap;

#[tokio::test]
async fn set_up_and_sync_by_mouse() {
    let place = Place::open().await;
    let app = place.start_app().await;
    let session = Session::by_mouse(&place.desktop, app);
    walk(&session, &place).await;
}

#[tokio::test]
async fn set_up_and_sync_by_keyboard() {
    let place = Place::open().await;
    let app = place.start_app().await;
    let session = Session::by_keyboard(&place.desktop, app);
    walk(&session, &place).await;
}

async fn walk(session: &Session<'_>, place: &Place) {
    wizard::set_up(session, place).await;
    wizard::sync(session, place).await;
    check_what_greenhouse_saw(place);
    picture(session.page(), "after-the-first-sync").await;
}

/// Who owns each of the new people in Headhuntr, and so on whose behalf they must have been added.
const OWNERS: [(&str, &str); wizard::NEW] = [
    ("Fontaine", "Maya"),
    ("Quispe", "Kwame"),
    ("Sjögren", "Amara"),
    ("Varma", "Maya"),
    ("Król", "Yuki"),
    ("Bello", "Kwame"),
    ("O’Hara", "Maya"),
    ("Watanabe", "Yuki"),
];

fn check_what_greenhouse_saw(place: &Place) {
    let journal = place.greenhouse.journal();
    let names: BTreeMap<_, _> = place
        .greenhouse
        .created()
        .candidates
        .into_iter()
        .map(|it| (it.id, it.last_name.unwrap_or_default()))
        .collect();
    let mut added: Vec<_> = journal
        .created_candidates()
        .into_iter()
        .map(|(id, by)| (names[&id].clone(), by.map(|user| user.get())))
        .collect();
    let mut wanted: Vec<_> = OWNERS
        .iter()
        .map(|(last, owner)| ((*last).to_owned(), Some(user(place, owner))))
        .collect();
    added.sort();
    wanted.sort();
    assert_eq!(
        added, wanted,
        "each is added once, in the name of their owner"
    );
    let resumes = journal
        .effects
        .iter()
        .filter(|effect| matches!(effect.change, Change::AttachmentCreated { .. }));
    assert_eq!(
        resumes.count(),
        5,
        "every résumé of the sample arrives once"
    );
    for effect in journal.effects.iter().filter(|effect| effect.request > 0) {
        let owner = OWNERS
            .iter()
            .any(|(_, owner)| effect.by.map(|by| by.get()) == Some(user(place, owner)));
        assert!(owner, "nothing is done in anybody else's name: {effect:?}");
    }
    assert_eq!(
        journal.answers_of(403),
        0,
        "nothing was asked for that is not granted"
    );
}
