//! Watermarks: a page and its place are one commit, and the watermark moves only when everything is stored.

use crate::world::{at, candidate, empty};
use domain::watermark::Window;
use store::{About, NO_ID, PageStored, PullProof, ReadPage, Store, StoreError, mirror::Candidate};

const CANDIDATES: &str = "candidates";

fn window(from: Option<i64>, to: i64) -> Window {
    Window {
        from: from.map(at),
        to: at(to),
    }
}

fn begun(windows: &[Window]) -> Store {
    let mut store = empty();
    store
        .transaction(|tx| {
            tx.watermarks()
                .begin(CANDIDATES, About::Updated, windows, at(500))
        })
        .unwrap();
    store
}

fn everything(windows: &[Window]) -> Store {
    let mut store = empty();
    store
        .transaction(|tx| {
            tx.watermarks()
                .begin(CANDIDATES, About::Created, windows, at(500))
        })
        .unwrap();
    store
}

const fn one<'p>(ids: &'p [i64], next: Option<&'p str>) -> ReadPage<'p> {
    ReadPage {
        ids,
        records: 1,
        next,
    }
}

fn page(store: &mut Store, part: u32, id: i64, next: Option<&str>) -> PageStored {
    store
        .transaction(|tx| {
            tx.mirror().put(&[candidate(id, 1)])?;
            tx.watermarks()
                .page_stored(CANDIDATES, part, one(&[id], next), at(600))
        })
        .unwrap()
}

#[test]
fn a_watermark_moves_when_its_window_is_whole() {
    let mut store = begun(&[window(None, 400)]);
    assert_eq!(
        page(&mut store, 0, 1, Some("c1")),
        PageStored::GoesOn,
        "more to come"
    );
    assert_eq!(
        store.watermarks().find(CANDIDATES).unwrap(),
        None,
        "not whole yet"
    );
    let place = &store.watermarks().windows(CANDIDATES).unwrap()[0];
    assert_eq!(
        (place.cursor.as_deref(), place.pages),
        (Some("c1"), 1),
        "where it goes on"
    );
    assert_eq!(
        page(&mut store, 0, 2, None),
        PageStored::Whole(at(400)),
        "the last page"
    );
    let mark = store.watermarks().find(CANDIDATES).unwrap().unwrap();
    assert_eq!(
        (mark.seen_until, mark.records),
        (at(400), 0),
        "by Greenhouse's clock; how many there are is told by a reading of everything"
    );
    assert!(
        store.watermarks().windows(CANDIDATES).unwrap().is_empty(),
        "nothing is under way"
    );
}

#[test]
fn windows_side_by_side_end_together() {
    let mut store = begun(&[window(None, 200), window(Some(200), 400)]);
    assert_eq!(
        page(&mut store, 1, 1, None),
        PageStored::WindowFinished,
        "the later one first"
    );
    assert_eq!(
        store.watermarks().find(CANDIDATES).unwrap(),
        None,
        "the other has a gap"
    );
    assert_eq!(
        page(&mut store, 0, 2, None),
        PageStored::Whole(at(400)),
        "now all of it"
    );
}

#[test]
fn a_page_and_its_place_are_one_commit() {
    let mut store = begun(&[window(None, 400)]);
    let cut = store.transaction(|tx| {
        tx.mirror().put(&[candidate(1, 1)])?;
        tx.watermarks()
            .page_stored(CANDIDATES, 0, one(&[1], None), at(600))?;
        tx.team().remove(-1)
    });
    assert!(cut.is_err(), "cut before the commit");
    assert_eq!(
        store.mirror().count::<Candidate>().unwrap(),
        0,
        "no record without its place"
    );
    assert_eq!(
        store.watermarks().windows(CANDIDATES).unwrap()[0].pages,
        0,
        "no place without it"
    );
}

#[test]
fn a_watermark_never_goes_back() {
    let mut store = begun(&[window(None, 400)]);
    page(&mut store, 0, 1, None);
    let back = [window(None, 300)];
    store
        .transaction(|tx| {
            tx.watermarks()
                .begin(CANDIDATES, About::Updated, &back, at(700))
        })
        .unwrap();
    assert_eq!(
        page(&mut store, 0, 1, None),
        PageStored::Whole(at(400)),
        "it stays where it was"
    );
}

#[test]
fn a_page_of_no_window_is_refused() {
    let mut store = begun(&[window(None, 400)]);
    page(&mut store, 0, 1, None);
    let late = store.transaction(|tx| {
        tx.watermarks()
            .page_stored(CANDIDATES, 0, one(&[1], None), at(800))
    });
    assert!(
        matches!(late, Err(StoreError::NotFound { .. })),
        "that pull is over: {late:?}"
    );
}

#[test]
fn a_lost_cursor_begins_its_window_again() {
    let mut store = begun(&[window(None, 400)]);
    page(&mut store, 0, 1, Some("c1"));
    store
        .transaction(|tx| tx.watermarks().restart(CANDIDATES, 0))
        .unwrap();
    let place = &store.watermarks().windows(CANDIDATES).unwrap()[0];
    assert_eq!(
        (place.cursor.as_deref(), place.records),
        (None, 0),
        "from its first page"
    );
}

#[test]
fn people_are_found_while_their_first_pull_goes_on() {
    let mut store = begun(&[window(None, 400)]);
    let folder = tempfile::tempdir().unwrap();
    let indexes = |store: &Store, name: &str| -> u32 {
        let copy = folder.path().join(name);
        store.back_up(&copy).unwrap();
        let sql = "SELECT count(*) FROM sqlite_schema
                    WHERE name IN ('gh_candidate_by_name', 'gh_candidate_email_by_email')";
        rusqlite::Connection::open(copy)
            .unwrap()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    };
    page(&mut store, 0, 801, Some("c1"));
    assert_eq!(indexes(&store, "during"), 0, "what costs most is put off");
    let found = |store: &Store| {
        let mirror = store.mirror();
        let by_email = mirror
            .candidates_with_email("candidate801@example.org")
            .unwrap();
        (
            by_email.len(),
            mirror.candidates_called("Iris Vane").unwrap().len(),
        )
    };
    assert_eq!(found(&store), (1, 1), "found all the same");
    page(&mut store, 0, 802, None);
    assert_eq!(indexes(&store, "after"), 2, "made when the pull is whole");
    assert_eq!(found(&store), (1, 2), "and found");
    store
        .transaction(|tx| {
            tx.watermarks()
                .begin(CANDIDATES, About::Updated, &[window(None, 900)], at(900))
        })
        .unwrap();
    assert_eq!(
        indexes(&store, "again"),
        2,
        "a later pull leaves them alone"
    );
}

#[test]
fn a_reading_of_everything_waits_to_be_closed() {
    let mut store = everything(&[window(None, 200), window(Some(200), 400)]);
    page(&mut store, 0, 7, Some("c1"));
    page(&mut store, 0, 3, None);
    assert_eq!(
        page(&mut store, 1, 9, None),
        PageStored::Listed,
        "who is gone is told first"
    );
    let watermarks = store.watermarks();
    assert_eq!(
        watermarks.find(CANDIDATES).unwrap(),
        None,
        "and the watermark waits for it"
    );
    assert_eq!(
        watermarks.listed(CANDIDATES, 0).unwrap(),
        [3, 7],
        "what was listed is on record, in order"
    );
    let proof = PullProof {
        part: 0,
        window: window(None, 200),
        pages: 2,
        listed: 2,
        kept: 1,
        unwanted: 0,
        missing: vec![7],
        gone: 1,
        unlisted: 0,
    };
    let until = store
        .transaction(|tx| {
            tx.watermarks()
                .close(CANDIDATES, std::slice::from_ref(&proof), at(700))
        })
        .unwrap();
    assert_eq!(until, at(400), "now everything up to here is known");
    let mark = store.watermarks().find(CANDIDATES).unwrap().unwrap();
    assert_eq!(mark.records, 3, "with how many there were");
    assert_eq!(
        store.proofs().list().unwrap(),
        [(CANDIDATES.to_owned(), proof, at(700))],
        "and what it came to is kept"
    );
    assert!(
        store.watermarks().listed(CANDIDATES, 0).unwrap().is_empty(),
        "the ids themselves are not needed any more"
    );
}

#[test]
fn records_without_an_id_are_counted_each() {
    let mut store = everything(&[window(None, 100)]);
    store
        .transaction(|tx| {
            let marks = tx.watermarks();
            marks.page_stored(CANDIDATES, 0, one(&[9, NO_ID, 8], Some("two")), at(600))?;
            marks.page_stored(CANDIDATES, 0, one(&[8, NO_ID, 7], None), at(600))
        })
        .unwrap();
    let listed = store.watermarks().listed(CANDIDATES, 0).unwrap();
    assert_eq!(listed, [0, 0, 7, 8, 9], "8 came twice, and two have no id");
}

#[test]
fn a_window_begun_again_lists_anew() {
    let mut store = everything(&[window(None, 400)]);
    page(&mut store, 0, 7, Some("c1"));
    store
        .transaction(|tx| tx.watermarks().restart(CANDIDATES, 0))
        .unwrap();
    page(&mut store, 0, 8, Some("c1"));
    let listed = store.watermarks().listed(CANDIDATES, 0).unwrap();
    assert_eq!(listed, [8], "what the lost chain listed counts no more");
}
