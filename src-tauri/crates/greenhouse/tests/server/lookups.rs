//! Looking up what is there before something is made: an answer that is not wholly understood is no answer, for what is
//! looked for may be what was not understood.

use crate::desk::{Desk, ok};
use domain::ids::{ApplicationId, CandidateId};
use greenhouse::{Error, Filter, wire::Candidate};
use serde_json::json;

const EMAIL: &str = "iris@example.org";

#[tokio::test]
async fn a_lookup_that_is_not_wholly_understood_is_no_answer() {
    for rows in [
        json!([{ "first_name": "Iris" }]),
        json!([null]),
        json!([{ "id": 7, "candidate_id": 5 }, { "first_name": "Iris" }]),
        json!([{ "id": 7, "candidate_id": 5 }, { "id": 8, "candidate_id": 5, "custom_fields": 1, "email_addresses": 1, "job_id": "x" }]),
    ] {
        let said = rows.to_string();
        let desk = Desk::start(move |_| ok(&rows)).await;
        let harvest = desk.client();
        let people = harvest.candidates().find_by_email(&[EMAIL.into()]).await;
        assert!(
            matches!(people, Err(Error::Garbled { .. })),
            "by address in {said}: {people:?}"
        );
        let person = harvest.candidates().find(CandidateId(7)).await;
        assert!(
            matches!(person, Err(Error::Garbled { .. })),
            "by id in {said}: {person:?}"
        );
        let applications = harvest.applications().of_candidate(CandidateId(5)).await;
        assert!(
            matches!(applications, Err(Error::Garbled { .. })),
            "of somebody in {said}: {applications:?}"
        );
        let list = harvest.list::<Candidate>(&Filter::all());
        let searched = list.all_understood().await;
        assert!(
            searched.is_err_and(|error| error.is_retryable()),
            "it may be understood later: {said}"
        );
    }
}

#[tokio::test]
async fn whoever_has_an_id_of_another_spelling_is_found() {
    let desk = Desk::start(|_| ok(&json!([{ "id": "7", "candidate_id": 5.0 }]))).await;
    let harvest = desk.client();
    let people = harvest.candidates().find_by_email(&[EMAIL.into()]).await;
    assert_eq!(people.unwrap()[0].value.id, CandidateId(7), "by address");
    let applications = harvest.applications().of_candidate(CandidateId(5)).await;
    let application = &applications.unwrap()[0].value;
    assert_eq!(
        (application.id, application.candidate_id),
        (ApplicationId(7), Some(CandidateId(5))),
        "and what belongs to them"
    );
}
