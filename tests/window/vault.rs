//! A desktop where nobody keeps secrets: said plainly, and an encrypted file is the way round it.

use crate::desktop::Desktop;
use crate::hand::Session;
use crate::page::{find, picture, reads, says, text};
use crate::place::Place;
use crate::wizard;

const PASSPHRASE: &str = "seven quiet otters on a raft";

async fn open_vault(session: &Session<'_>, place: &Place) {
    let file = place.desktop.home().join("secrets.vault");
    session
        .write("field-vault_path", &file.to_string_lossy())
        .await;
    session.write("field-vault_passphrase", PASSPHRASE).await;
    session.press("vault-open").await;
}

#[tokio::test]
async fn without_a_keyring_a_file_keeps_secrets() {
    let place = Place::on(Desktop::without_keyring()).await;
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    session.press("primary").await;
    wizard::permissions(&session).await;
    find(session.page(), "vault").await;
    let words = text(session.page(), "vault-problem").await;
    assert!(
        words.len() > 60,
        "cause, reason and what to do are said: {words}"
    );
    picture(session.page(), "no-keyring").await;
    open_vault(&session, &place).await;
    wizard::credential(&session, &place).await;
    find(session.page(), "page-users").await;

    let kept =
        std::fs::read(place.desktop.home().join("secrets.vault")).expect("the vault is a file");
    let secret = place.greenhouse.client_secret();
    let in_clear = kept.windows(secret.len()).any(|it| it == secret.as_bytes());
    assert!(!in_clear, "the secret is not in the file as it is");

    session.app.kill();
    let session = Session::by_mouse(&place.desktop, place.start_app().await);
    session.press("step-credential").await;
    find(session.page(), "vault").await;
    open_vault(&session, &place).await;
    says(session.page(), "accepted", "Northmoor").await;
    reads(session.page(), "step-credential", "data-state", "done").await;
}
