//! Step 2: the ways a credential is refused, limited, replaced, revoked later; and where its secret is kept.

use crate::desk::Desk;
use domain::access::{Need, Standing};
use domain::secret::Secret;
use domain::setup::{Reason, Step, StepState};
use engine::Engine;
use engine::call::{PastedField, RunKind};
use engine::error::{Code, Error};
use engine::vault::{FileVault, MemoryVault, Vault, VaultError};
use engine::view::{CredentialView, Dialect};
use simulator::{Expiry, FaultKind, NewFault, NotSiteAdmin, Options, Quirks, Scenario, Simulator};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

fn with_quirks(change: impl FnOnce(&mut Quirks)) -> Options {
    let mut options = Options::default();
    change(&mut options.quirks);
    options
}

async fn submit(engine: &Engine, id: &str, secret: &str) -> Result<CredentialView, Error> {
    engine
        .submit_credential(id, Secret::new(secret), None, None)
        .await
}

#[tokio::test]
async fn an_address_without_harvest_is_refused_and_the_credential_before_stays() {
    let desk = Desk::open().await;
    let before = desk.submit_credential().await.unwrap();
    let (harvest, auth) = (desk.greenhouse.harvest_url(), desk.greenhouse.auth_url());
    let root = harvest.strip_suffix("/v3").unwrap();
    let secret = Secret::new(desk.greenhouse.client_secret());
    let id = desk.greenhouse.client_id();
    let submitted = desk
        .engine
        .submit_credential(&id, secret, Some(root), Some(&auth))
        .await;
    let error = submitted.unwrap_err();
    assert_eq!(error.code, Code::GreenhouseTrouble, "{error:?}");
    let after = desk.engine.check_credential().await.unwrap();
    assert_eq!(
        after.accepted.map(|it| it.jobs),
        before.accepted.map(|it| it.jobs)
    );
    assert_eq!(after.problem, None, "what worked still works");
}

/// Submits the credential of another organisation than the desk's.
async fn submit_of_another(desk: &Desk) -> Result<CredentialView, Error> {
    let options = Options {
        organization_id: 99,
        ..Options::default()
    };
    let other = Simulator::start(options).await.unwrap();
    let secret = Secret::new(other.client_secret());
    let (harvest, auth) = (other.harvest_url(), other.auth_url());
    let id = other.client_id();
    let engine = &desk.engine;
    let submitted = engine.submit_credential(&id, secret, Some(&harvest), Some(&auth));
    submitted.await
}

#[tokio::test]
async fn another_organisations_credential_is_refused_once_something_hangs_on_the_first() {
    let desk = Desk::open().await;
    desk.submit_credential().await.unwrap();
    submit_of_another(&desk).await.unwrap();
    let before = desk.submit_credential().await.unwrap();
    desk.engine.run(RunKind::Pull, false).await.unwrap();
    let error = submit_of_another(&desk).await.unwrap_err();
    assert_eq!(error.code, Code::OtherOrganisation);
    let after = desk.engine.check_credential().await.unwrap();
    assert_eq!(
        after.accepted.map(|it| it.secret_tail),
        before.accepted.map(|it| it.secret_tail),
        "what was there before works on"
    );
    assert_eq!(after.problem, None);
}

#[tokio::test]
async fn an_accepted_credential_shows_whose_it_is_and_first_numbers() {
    let desk = Desk::open().await;
    let view = desk.submit_credential().await.unwrap();
    let accepted = view.accepted.unwrap();
    assert_eq!(
        accepted.organisation.as_deref(),
        Some("Northmoor (practice)")
    );
    assert_eq!(
        accepted.acting_as.as_deref(),
        Some("Headhuntr.io Integration")
    );
    assert_eq!(accepted.site_admin, Some(true));
    assert_eq!(
        accepted.jobs.unwrap().value,
        6,
        "the practice organisation has six jobs"
    );
    assert_eq!(accepted.users.unwrap().value, 12, "and twelve users");
    assert_eq!(view.problem, None);
    assert_eq!(
        (view.granted, view.message.as_str()),
        (view.required, ""),
        "nothing is missing"
    );
    let secret = desk.greenhouse.client_secret();
    assert!(
        secret.ends_with(&accepted.secret_tail),
        "to recognise it by"
    );
    assert_eq!(desk.step(Step::Credential).await.state, StepState::Done);
}

#[tokio::test]
async fn decoration_of_pasting_is_taken_off() {
    let desk = Desk::open().await;
    let (id, secret) = (desk.greenhouse.client_id(), desk.greenhouse.client_secret());
    let view = submit(
        &desk.engine,
        &format!("  {id}\n"),
        &format!("\"{secret}\"\r\n"),
    )
    .await;
    assert!(
        view.unwrap().accepted.is_some(),
        "a person sees no difference"
    );
}

#[tokio::test]
async fn what_cannot_be_accepted_says_what_and_where() {
    let desk = Desk::open().await;
    let id = desk.greenhouse.client_id();
    let key = desk.greenhouse.api_key();
    let cases: [(&str, &str, Code, &str, &str); 6] = [
        (
            &id,
            "wrong-secret",
            Code::CredentialRejected,
            "client_secret",
            "a wrong secret",
        ),
        (
            "nonsense",
            "wrong-secret",
            Code::CredentialMalformed,
            "client_id",
            "no client id at all",
        ),
        (
            "other.practice",
            "wrong-secret",
            Code::CredentialRejected,
            "client_secret",
            "an unknown pair",
        ),
        (
            &id,
            &key,
            Code::CredentialMalformed,
            "client_secret",
            "a key of v1",
        ),
        (
            &key,
            "wrong-secret",
            Code::CredentialMalformed,
            "client_id",
            "a key of v1 as the id",
        ),
        (
            &id,
            "",
            Code::CredentialMalformed,
            "client_secret",
            "nothing",
        ),
    ];
    for (id, secret, code, field, what) in cases {
        let error = submit(&desk.engine, id, secret).await.unwrap_err();
        assert_eq!(
            (error.code, error.field),
            (code, Some(field)),
            "{what}: {error}"
        );
        assert!(
            !error.to_string().contains(&key),
            "{what}: a secret is never repeated"
        );
    }
    let view = desk.engine.credential().await.unwrap();
    assert!(view.accepted.is_none(), "nothing of that was kept");
}

#[tokio::test]
async fn a_refused_replacement_leaves_the_credential_alone() {
    let desk = Desk::open().await;
    desk.submit_credential().await.unwrap();
    let before = desk.engine.overview().await.unwrap();
    submit(&desk.engine, &desk.greenhouse.client_id(), "wrong")
        .await
        .unwrap_err();
    let after = desk.engine.overview().await.unwrap();
    assert_eq!(
        (after.steps, after.organisation),
        (before.steps, before.organisation),
        "nothing changed"
    );
    let view = desk.engine.check_credential().await.unwrap();
    assert_eq!(view.problem, None, "the one before still works");
    let log = desk.engine.list_audit(0, 1).await.unwrap();
    let row = log.rows.first().unwrap();
    assert_eq!(
        (row.what.as_str(), row.result.as_str()),
        ("Tried a credential", Code::CredentialRejected.title()),
        "the attempt is on record"
    );
}

#[tokio::test]
async fn a_replacement_keeps_everything_else() {
    let desk = Desk::open().await;
    desk.activate().await;
    let before = desk.engine.mapping().await.unwrap();
    desk.submit_credential().await.unwrap();
    assert_eq!(
        desk.engine.mapping().await.unwrap(),
        before,
        "the mapping stays"
    );
    let overview = desk.engine.overview().await.unwrap();
    assert!(overview.activated_at.is_some(), "and so does activation");
}

#[tokio::test]
async fn missing_permissions_are_named_as_greenhouse_names_them() {
    let desk = Desk::open().await;
    desk.greenhouse.revoke_scope("harvest:notes:create");
    desk.greenhouse.grant_scope("harvest:candidates:destroy");
    let view = desk.submit_credential().await.unwrap();
    let missing: Vec<_> = view
        .permissions
        .iter()
        .filter(|row| row.standing == Standing::Missing)
        .collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].label, "Notes › Create note");
    assert_eq!(
        view.limits,
        ["Notes do not reach Greenhouse"],
        "what does not work"
    );
    assert!(
        view.message.contains("Notes › Create note"),
        "{}",
        view.message
    );
    assert!(
        !view.message.contains("Candidates ›"),
        "and nothing that is there"
    );
    let unneeded = view
        .permissions
        .iter()
        .find(|row| row.standing == Standing::Unneeded);
    assert_eq!(
        unneeded.unwrap().scope,
        "harvest:candidates:destroy",
        "it can be switched off"
    );
    let step = desk.step(Step::Credential).await;
    assert_eq!(step.state, StepState::NeedsAttention);
    assert_eq!(step.reasons, [Reason::PermissionsMissing { count: 1 }]);

    desk.engine.accept_limits().await.unwrap();
    assert_eq!(
        desk.step(Step::Credential).await.state,
        StepState::Done,
        "going on is a choice"
    );

    desk.greenhouse.grant_scope("harvest:notes:create");
    let view = desk.engine.check_credential().await.unwrap();
    assert_eq!(
        view.granted, view.required,
        "a new token has what was ticked since"
    );
    assert_eq!(view.message, "");

    desk.greenhouse.revoke_scope("harvest:notes:create");
    desk.engine.check_credential().await.unwrap();
    assert_eq!(
        desk.step(Step::Credential).await.state,
        StepState::NeedsAttention,
        "what is taken away later was not what somebody went on without"
    );
}

#[tokio::test]
async fn without_a_core_permission_there_is_no_going_on() {
    let desk = Desk::open().await;
    desk.greenhouse.revoke_scope("harvest:candidates:list");
    let view = desk.submit_credential().await.unwrap();
    let core = view
        .permissions
        .iter()
        .find(|row| row.standing == Standing::Missing);
    assert_eq!(core.unwrap().need, Some(Need::Core));
    let error = desk.engine.accept_limits().await.unwrap_err();
    assert_eq!(error.code, Code::ScopeMissing);
    let reasons = desk.step(Step::Credential).await.reasons;
    assert!(
        reasons.contains(&Reason::CorePermissionMissing),
        "{reasons:?}"
    );
}

#[tokio::test]
async fn a_user_who_is_no_site_admin_is_named_whatever_greenhouse_answers() {
    for (introspection, lists) in [
        (true, NotSiteAdmin::Forbidden),
        (true, NotSiteAdmin::NoRecords),
        (false, NotSiteAdmin::Forbidden),
    ] {
        let desk = Desk::with(with_quirks(|it| {
            it.introspection = introspection;
            it.list_without_site_admin = lists;
        }))
        .await;
        let own = desk.greenhouse.own_user();
        desk.greenhouse.set_site_admin(own, false).unwrap();
        let view = desk.submit_credential().await.unwrap();
        let problem = view.problem.unwrap();
        assert_eq!(
            problem.code,
            Code::NotSiteAdmin,
            "introspection {introspection}, {lists:?}"
        );
        assert!(
            view.message.contains("Site Admin"),
            "somebody has to be asked: {}",
            view.message
        );

        desk.greenhouse.set_site_admin(own, true).unwrap();
        let view = desk.engine.check_credential().await.unwrap();
        assert_eq!(
            view.problem, None,
            "mended by one click: {introspection}, {lists:?}"
        );
    }
}

#[tokio::test]
async fn without_introspection_reads_are_tried_and_writes_are_not_guessed() {
    let desk = Desk::with(with_quirks(|it| it.introspection = false)).await;
    desk.greenhouse.revoke_scope("harvest:sources:list");
    let view = desk.submit_credential().await.unwrap();
    let standing = |scope: &str| {
        view.permissions
            .iter()
            .find(|it| it.scope == scope)
            .unwrap()
            .standing
    };
    assert_eq!(standing("harvest:candidates:list"), Standing::Granted);
    assert_eq!(standing("harvest:sources:list"), Standing::Missing);
    assert_eq!(standing("harvest:candidates:create"), Standing::NotKnowable);
    assert_eq!(
        desk.greenhouse.created().candidates.len(),
        0,
        "no probe ever writes"
    );
    assert_eq!(view.problem, None);
}

#[tokio::test]
async fn an_introspection_silent_about_scopes_has_reads_tried() {
    let desk = Desk::with(with_quirks(|it| it.introspection_scope = false)).await;
    desk.greenhouse.revoke_scope("harvest:sources:list");
    let view = desk.submit_credential().await.unwrap();
    let standing = |scope: &str| {
        let mut rows = view.permissions.iter();
        rows.find(|it| it.scope == scope).unwrap().standing
    };
    assert_eq!(
        standing("harvest:candidates:list"),
        Standing::Granted,
        "silence is not the lack of permissions"
    );
    assert_eq!(standing("harvest:sources:list"), Standing::Missing);
    assert_eq!(standing("harvest:candidates:create"), Standing::NotKnowable);
    let accepted = view.accepted.unwrap();
    assert!(
        accepted.organisation.is_some(),
        "what it does say is kept: {accepted:?}"
    );
    assert_eq!(view.problem, None);
}

#[tokio::test]
async fn every_way_of_saying_when_a_token_ends_is_understood() {
    for expiry in [Expiry::At, Expiry::In, Expiry::Unsaid, Expiry::Garbled] {
        let desk = Desk::with(with_quirks(|it| it.expiry = expiry)).await;
        let view = desk.submit_credential().await.unwrap();
        assert_eq!(view.problem, None, "{expiry:?}");
        assert!(
            view.accepted.unwrap().jobs.is_some(),
            "{expiry:?}: lists were read with it"
        );
    }
}

#[tokio::test]
async fn a_permission_revoked_later_shows_at_the_next_check() {
    let desk = Desk::open().await;
    desk.activate().await;
    desk.greenhouse.revoke_scope("harvest:jobs:list");
    desk.engine.check_credential().await.unwrap();
    let step = desk.step(Step::Credential).await;
    assert_eq!(step.state, StepState::NeedsAttention);
    let activate = desk.step(Step::Activate).await;
    assert_eq!(
        activate.state,
        StepState::NeedsAttention,
        "and so does what rests on it"
    );
    desk.greenhouse.grant_scope("harvest:jobs:list");
    desk.engine.check_credential().await.unwrap();
    assert_eq!(
        desk.step(Step::Activate).await.state,
        StepState::Done,
        "mended without a new set-up"
    );
}

#[tokio::test]
async fn being_offline_changes_nothing_and_says_so() {
    let desk = Desk::open().await;
    desk.greenhouse.set_offline(true);
    let error = desk.submit_credential().await.unwrap_err();
    assert_eq!(error.code, Code::Offline, "{error}");
    assert!(desk.engine.credential().await.unwrap().accepted.is_none());
    desk.greenhouse.set_offline(false);
    desk.submit_credential().await.unwrap();
    let before = desk.engine.credential().await.unwrap();
    desk.greenhouse.set_offline(true);
    assert_eq!(
        desk.engine.check_credential().await.unwrap_err().code,
        Code::Offline
    );
    assert_eq!(
        desk.engine.credential().await.unwrap(),
        before,
        "what was known stays known"
    );
}

#[tokio::test]
async fn a_rejection_later_is_an_answer_and_mends_itself() {
    let desk = Desk::open().await;
    desk.submit_credential().await.unwrap();
    let fault = desk.greenhouse.add_fault(NewFault {
        kind: FaultKind::Status { status: 401 },
        method: None,
        resource: Some("token".to_owned()),
        acting: None,
        skip: 0,
        every: None,
        probability: None,
        count: None,
    });
    let view = desk.engine.check_credential().await.unwrap();
    assert_eq!(view.problem.unwrap().code, Code::CredentialRejected);
    let reasons = desk.step(Step::Credential).await.reasons;
    assert_eq!(reasons[0], Reason::CredentialRejected);
    desk.greenhouse.remove_fault(fault);
    let view = desk.engine.check_credential().await.unwrap();
    assert_eq!(view.problem, None, "nothing has to be typed again");
}

#[tokio::test]
async fn a_key_of_v1_is_taken_where_v1_still_answers() {
    let desk = Desk::open().await;
    let key = Secret::new(desk.greenhouse.api_key());
    let view = desk.engine.submit_api_key(key.clone(), None).await.unwrap();
    let accepted = view.accepted.unwrap();
    assert_eq!(accepted.dialect, Dialect::V1);
    assert_eq!(accepted.users.unwrap().value, 12, "the same as in v3");
    let write = view
        .permissions
        .iter()
        .find(|it| it.scope == "harvest:candidates:create");
    assert_eq!(
        write.unwrap().standing,
        Standing::NotKnowable,
        "writes cannot be known"
    );

    let wrong = desk
        .engine
        .submit_api_key(Secret::new("no-key-of-any-kind"), None)
        .await;
    let error = wrong.unwrap_err();
    assert_eq!(
        (error.code, error.field),
        (Code::CredentialMalformed, Some("api_key"))
    );
    let id = Secret::new(desk.greenhouse.client_id());
    let error = desk.engine.submit_api_key(id, None).await.unwrap_err();
    assert!(
        error.detail.contains("V3"),
        "a client id is recognised: {error}"
    );

    desk.greenhouse.change_quirks(|it| it.harvest_v1 = false);
    let error = desk.engine.submit_api_key(key, None).await.unwrap_err();
    assert_eq!(error.code, Code::CredentialRejected);
    assert!(
        error.detail.contains("V3"),
        "it says what to do instead: {error}"
    );
}

#[tokio::test]
async fn secrets_go_to_safe_addresses_alone() {
    let desk = Desk::open().await;
    let secret = || Secret::new(desk.greenhouse.client_secret());
    let id = desk.greenhouse.client_id();
    let ask = |harvest: &'static str, auth: &'static str| {
        let (id, secret, engine) = (id.clone(), secret(), desk.engine.clone());
        async move {
            engine
                .submit_credential(&id, secret, Some(harvest), Some(auth))
                .await
                .unwrap_err()
        }
    };
    let error = ask("http://example.com/v3", "https://example.com").await;
    assert_eq!(
        (error.code, error.field),
        (Code::AddressNotAllowed, Some("harvest_url"))
    );
    let error = ask("https://example.com/v3", "ftp://example.com").await;
    assert_eq!(
        (error.code, error.field),
        (Code::AddressNotAllowed, Some("auth_url"))
    );
}

/// A keychain that can be taken away.
#[derive(Default)]
struct Fickle {
    inner: MemoryVault,
    away: AtomicBool,
}

impl Fickle {
    fn check(&self) -> Result<(), VaultError> {
        if self.away.load(Ordering::Relaxed) {
            return Err(VaultError::Absent(None));
        }
        Ok(())
    }
}

impl Vault for Fickle {
    fn put(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.check()?;
        self.inner.put(name, secret)
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        self.check()?;
        self.inner.get(name)
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.check()?;
        self.inner.remove(name)
    }

    fn place(&self) -> String {
        "a fickle keychain".to_owned()
    }
}

#[tokio::test]
async fn without_a_keychain_an_encrypted_file_is_the_way() {
    let vault = Arc::new(Fickle::default());
    vault.away.store(true, Ordering::Relaxed);
    let mut desk = Desk::keeping(Options::default(), Arc::<Fickle>::clone(&vault)).await;
    let view = desk.engine.credential().await.unwrap();
    assert!(
        !view.vault_ready && view.vault_problem.is_some(),
        "it is said before anything is pasted"
    );
    let error = desk.submit_credential().await.unwrap_err();
    assert_eq!(
        error.code,
        Code::KeychainUnavailable,
        "never kept in the clear instead"
    );
    assert_eq!(
        desk.greenhouse.journal().requests.len(),
        0,
        "and not sent in vain"
    );

    let file = desk.folder.path().join("secrets.vault");
    let path = file.to_string_lossy().into_owned();
    let open = |passphrase: &'static str| {
        let (engine, path) = (desk.engine.clone(), path.clone());
        async move { engine.open_vault(&path, Secret::new(passphrase)).await }
    };
    assert!(open("correct horse battery").await.unwrap().vault_ready);
    desk.submit_credential().await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let secret = desk.greenhouse.client_secret();
    assert!(
        !bytes
            .windows(secret.len())
            .any(|it| it == secret.as_bytes()),
        "the file holds no secret in the clear"
    );

    desk.restart().await;
    assert!(
        !desk.engine.credential().await.unwrap().vault_ready,
        "the file is closed again"
    );
    assert_eq!(
        desk.step(Step::Credential).await.state,
        StepState::NeedsAttention
    );
    let error = desk
        .engine
        .open_vault(&path, Secret::new("another phrase"))
        .await
        .unwrap_err();
    assert_eq!(
        (error.code, error.field),
        (Code::VaultLocked, Some("passphrase"))
    );
    let passphrase = Secret::new("correct horse battery");
    let view = desk
        .engine
        .open_vault(&path, passphrase.clone())
        .await
        .unwrap();
    assert_eq!(
        (view.vault_ready, view.problem),
        (true, None),
        "and everything is there"
    );
    assert!(
        FileVault::open(&file, &passphrase).is_ok(),
        "it is an ordinary vault"
    );
}

#[tokio::test]
async fn a_secret_that_is_gone_is_asked_for_again_and_nothing_else() {
    let vault = Arc::new(Fickle::default());
    let mut desk = Desk::keeping(Options::default(), Arc::<Fickle>::clone(&vault)).await;
    desk.set_up_until(Step::Review).await;
    let before = desk.engine.mapping().await.unwrap();
    desk.vault = Arc::new(MemoryVault::default());
    desk.restart().await;
    let reasons = desk.step(Step::Credential).await.reasons;
    assert!(reasons.contains(&Reason::SecretGone), "{reasons:?}");
    desk.submit_credential().await.unwrap();
    assert_eq!(desk.step(Step::Credential).await.state, StepState::Done);
    assert_eq!(
        desk.engine.mapping().await.unwrap(),
        before,
        "the mapping stayed"
    );
}

#[tokio::test]
async fn a_troubled_organisation_is_told_all_of_it_at_once() {
    let desk = Desk::at(Scenario::Troubled).await;
    let view = desk.submit_credential().await.unwrap();
    assert_eq!(view.problem.as_ref().unwrap().code, Code::NotSiteAdmin);
    assert!(
        view.message.contains("Notes › Create note"),
        "{}",
        view.message
    );
    assert!(
        view.message.contains("Sources › List sources"),
        "{}",
        view.message
    );
    assert!(
        view.message.contains("Site Admin"),
        "one message is enough: {}",
        view.message
    );
}

#[tokio::test]
async fn what_is_looked_at_before_it_is_handed_over_does_not_travel_back() {
    let desk = Desk::open().await;
    let old = "0123456789abcdef0123456789abcdef-1";
    for (field, text, fine) in [
        (PastedField::ClientId, "hh12.practice", true),
        (PastedField::ClientId, "••••••••", false),
        (PastedField::ClientId, old, false),
        (PastedField::ClientSecret, " made-up-secret\n", true),
        (PastedField::ClientSecret, old, false),
        (PastedField::ApiKey, old, true),
        (PastedField::ApiKey, "hh12.practice", false),
        (
            PastedField::HarvestUrl,
            "https://harvest.greenhouse.io/v3",
            true,
        ),
        (PastedField::HarvestUrl, "ftp://intruder.example.com", false),
        (PastedField::AuthUrl, "not an address", false),
        (PastedField::OwnAddress, "https://hooks.example.com", true),
        (
            PastedField::OwnAddress,
            "https://ana:pw@hooks.example.com",
            false,
        ),
        (PastedField::HeadhuntrAddress, "nowhere at all", false),
    ] {
        let seen = desk.engine.look_at_pasted(field, &Secret::new(text));
        assert_eq!(
            seen.problem.is_none(),
            fine,
            "{field:?}: {:?}",
            seen.problem
        );
        let told = serde_json::to_string(&seen).unwrap();
        assert!(!told.contains(text.trim()), "{field:?} tells it: {told}");
        assert_eq!(seen.is_decorated, text.trim() != text, "{field:?}");
    }
    let id = submit(&desk.engine, old, "made-up-secret")
        .await
        .unwrap_err();
    let seen = desk
        .engine
        .look_at_pasted(PastedField::ClientId, &Secret::new(old));
    assert_eq!(
        seen.problem.map(|it| it.detail),
        Some(id.problem().detail),
        "what is said before is said again when it is handed over"
    );
}
