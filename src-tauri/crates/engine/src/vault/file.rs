//! An encrypted file for secrets, for servers without a keychain: Argon2id over a passphrase, XChaCha20-Poly1305 over the rest.

use super::{Vault, VaultError};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::secret::Secret;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"HHVAULT1";
const SALT: usize = 16;
const NONCE: usize = 24;
/// Characters a new vault's passphrase has at least; an old one opens with whatever it was made with.
const SHORTEST: usize = 12;

/// Secrets in an encrypted file.
pub struct FileVault {
    path: PathBuf,
    salt: [u8; SALT],
    cipher: XChaCha20Poly1305,
    secrets: Mutex<BTreeMap<String, Secret>>,
}

impl std::fmt::Debug for FileVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileVault")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl FileVault {
    /// Opens the vault file, or starts a new one where there is none. The file is written at the first `put`.
    ///
    /// # Errors
    /// When the passphrase is wrong, or too short for a new vault; when the file is no vault or cannot be read.
    pub fn open(path: &Path, passphrase: &Secret) -> Result<Self, VaultError> {
        match std::fs::read(path) {
            Ok(bytes) => Self::unlock(path, &bytes, passphrase),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if passphrase.expose().chars().count() < SHORTEST {
                    return Err(VaultError::Short);
                }
                let mut salt = [0u8; SALT];
                getrandom::fill(&mut salt).map_err(|e| VaultError::Io(std::io::Error::other(e)))?;
                let cipher = cipher(passphrase, &salt)?;
                Ok(Self {
                    path: path.to_owned(),
                    salt,
                    cipher,
                    secrets: Mutex::default(),
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn unlock(path: &Path, bytes: &[u8], passphrase: &Secret) -> Result<Self, VaultError> {
        let rest = bytes
            .strip_prefix(MAGIC.as_slice())
            .ok_or(VaultError::Damaged)?;
        let (salt, rest) = rest
            .split_first_chunk::<SALT>()
            .ok_or(VaultError::Damaged)?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE>()
            .ok_or(VaultError::Damaged)?;
        let cipher = cipher(passphrase, salt)?;
        let nonce = XNonce::from_slice(nonce);
        let plain = Zeroizing::new(
            cipher
                .decrypt(nonce, sealed)
                .map_err(|_| VaultError::WrongPassphrase)?,
        );
        let texts: BTreeMap<String, String> =
            serde_json::from_slice(&plain).map_err(|_| VaultError::Damaged)?;
        let secrets = texts
            .into_iter()
            .map(|(name, text)| (name, Secret::from(text)))
            .collect();
        Ok(Self {
            path: path.to_owned(),
            salt: *salt,
            cipher,
            secrets: Mutex::new(secrets),
        })
    }

    /// Writes beside and renames, so that the file is the old one or the new one and never half of either.
    fn save(&self, secrets: &BTreeMap<String, Secret>) -> Result<(), VaultError> {
        let texts: BTreeMap<&str, &str> = secrets
            .iter()
            .map(|(n, s)| (n.as_str(), s.expose()))
            .collect();
        let plain = Zeroizing::new(serde_json::to_vec(&texts).map_err(|_| VaultError::Damaged)?);
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(|e| VaultError::Io(std::io::Error::other(e)))?;
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), plain.as_slice())
            .map_err(|_| VaultError::Damaged)?;
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let mut file = private(&beside)?;
        for part in [MAGIC.as_slice(), &self.salt, &nonce, &sealed] {
            file.write_all(part)?;
        }
        file.sync_all()?;
        std::fs::rename(&beside, &self.path)?;
        Ok(())
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, Secret>)) -> Result<(), VaultError> {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = secrets.clone();
        change(&mut next);
        self.save(&next)?;
        *secrets = next;
        Ok(())
    }
}

impl Vault for FileVault {
    fn put(&self, name: &str, secret: &Secret) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.insert(name.to_owned(), secret.clone());
        })
    }

    fn get(&self, name: &str) -> Result<Option<Secret>, VaultError> {
        Ok(self
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .cloned())
    }

    fn remove(&self, name: &str) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.remove(name);
        })
    }

    fn place(&self) -> String {
        format!("the encrypted vault {}", self.path.display())
    }
}

fn cipher(passphrase: &Secret, salt: &[u8; SALT]) -> Result<XChaCha20Poly1305, VaultError> {
    let params = Params::new(19_456, 2, 1, Some(32)).map_err(|_| VaultError::Damaged)?;
    let mut key = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose().as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| VaultError::Damaged)?;
    Ok(XChaCha20Poly1305::new(Key::from_slice(key.as_slice())))
}

#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
}

#[cfg(not(unix))]
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    std::fs::File::create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_opens_again_with_its_passphrase_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault");
        let right = Secret::new("correct horse");
        FileVault::open(&path, &right)
            .expect("new")
            .put("key", &Secret::new("planted-secret"))
            .expect("kept");
        let bytes = std::fs::read(&path).expect("written");
        assert!(
            !bytes.windows(14).any(|w| w == b"planted-secret"),
            "nothing is in the clear"
        );
        let back = FileVault::open(&path, &right)
            .expect("opens")
            .get("key")
            .expect("reads");
        assert_eq!(
            back.map(|s| s.expose().to_owned()),
            Some("planted-secret".to_owned()),
            "kept as it was"
        );
        let wrong = FileVault::open(&path, &Secret::new("battery staple"));
        assert!(
            matches!(wrong, Err(VaultError::WrongPassphrase)),
            "another passphrase is refused"
        );
    }

    #[test]
    fn a_new_vault_wants_a_passphrase_that_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault");
        let short = FileVault::open(&path, &Secret::new("eleven char"));
        assert!(matches!(short, Err(VaultError::Short)), "{short:?}");
        assert!(!path.exists(), "and nothing is written");
    }

    #[test]
    fn whatever_it_is_called_it_is_written_beside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault.new");
        let pass = Secret::new("correct horse");
        let vault = FileVault::open(&path, &pass).expect("new");
        vault.put("key", &Secret::new("s")).expect("kept");
        let half = folder.path().join("vault.new.new");
        std::fs::create_dir(&half).expect("in the way");
        assert!(
            vault.put("key", &Secret::new("t")).is_err(),
            "no place beside it"
        );
        let kept = FileVault::open(&path, &pass).expect("still whole");
        assert!(kept.get("key").expect("reads").is_some(), "as it was");
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vault");
        let pass = Secret::new("correct horse");
        FileVault::open(&path, &pass)
            .expect("new")
            .put("key", &Secret::new("s"))
            .expect("kept");
        let mut bytes = std::fs::read(&path).expect("written");
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
        std::fs::write(&path, bytes).expect("damaged on purpose");
        assert!(
            FileVault::open(&path, &pass).is_err(),
            "authenticated, so a change shows"
        );
    }
}
