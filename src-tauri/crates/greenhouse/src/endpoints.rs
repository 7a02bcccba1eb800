//! The addresses a client may talk to: Greenhouse's own, or others that are as safe.
//!
//! An address other than Greenhouse's is accepted with https, or with http on this very computer
//! (practice mode, tests). Everything secret is pinned to the origin of such an address.

use serde::{Deserialize, Serialize};
use std::fmt;
use url::{Host, Url};

/// Where Harvest v3 answers.
pub const HARVEST: &str = "https://harvest.greenhouse.io/v3";
/// Where tokens are minted and introspected.
pub const AUTH: &str = "https://auth.greenhouse.io";
/// Where the retired Harvest v1 answered.
pub const HARVEST_V1: &str = "https://harvest.greenhouse.io/v1";

/// Why an address must not be given a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no address at all.
    #[error("This is not a web address")]
    Unreadable(#[source] url::ParseError),
    /// It is neither https nor http on this computer.
    #[error("An address must start with https (http only on this computer)")]
    Unprotected,
    /// It carries a user name, a password, a query or a fragment.
    #[error("An address must hold nothing but host, port and path")]
    Decorated,
}

/// A base address that may be given secrets; without a slash at its end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(Url);

impl Address {
    /// Checks an address.
    ///
    /// # Errors
    /// When it is not https (or http on this computer), or holds more than host, port and path.
    pub fn new(url: Url) -> Result<Self, AddressError> {
        match url.scheme() {
            "https" if url.host().is_some() => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(AddressError::Unprotected),
        }
        let decorated =
            !url.username().is_empty() || url.password().is_some() || url.query().is_some();
        if decorated || url.fragment().is_some() {
            return Err(AddressError::Decorated);
        }
        let mut url = url;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Reads and checks an address.
    ///
    /// # Errors
    /// As [`Address::new`], and when the text is no address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        Self::new(Url::parse(text.trim()).map_err(AddressError::Unreadable)?)
    }

    /// Returns the address of something below this base: `join("candidates/801")`.
    #[must_use]
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        let base = url.path().trim_end_matches('/');
        let joined = format!("{base}/{}", path.trim_start_matches('/'));
        url.set_path(&joined);
        url
    }

    /// Returns whether `other` is the same scheme, host and port, so that a token may go there.
    #[must_use]
    pub fn is_same_origin(&self, other: &Url) -> bool {
        self.0.origin() == other.origin()
            && other.username().is_empty()
            && other.password().is_none()
    }

    /// Returns whether this is http on this very computer.
    #[must_use]
    pub fn is_plain_loopback(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Returns the address itself.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

/// The two addresses a v3 client needs. Kept with the credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The base up to and including `/v3`.
    pub harvest: Address,
    /// The origin that answers `/token` and `/introspect`.
    pub auth: Address,
}

impl Endpoints {
    /// Returns Greenhouse's own addresses.
    ///
    /// # Errors
    /// Never in practice: the addresses are constants that a test reads.
    pub fn greenhouse() -> Result<Self, AddressError> {
        Self::parse(HARVEST, AUTH)
    }

    /// Reads and checks a pair of addresses.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn parse(harvest: &str, auth: &str) -> Result<Self, AddressError> {
        Ok(Self {
            harvest: Address::parse(harvest)?,
            auth: Address::parse(auth)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greenhouse_and_this_computer_are_accepted() {
        assert!(
            Endpoints::greenhouse().is_ok(),
            "Greenhouse's own addresses must pass"
        );
        assert!(
            Address::parse(HARVEST_V1).is_ok(),
            "so must the retired one"
        );
        for fine in [
            "http://127.0.0.1:4010/v3/",
            "http://localhost:1",
            "http://[::1]:9/v3",
            "https://proxy.example.com/x",
        ] {
            assert!(Address::parse(fine).is_ok(), "{fine} is safe");
        }
    }

    #[test]
    fn an_unsafe_address_is_refused() {
        for wrong in [
            "http://harvest.greenhouse.io/v3",
            "http://127.0.0.1.example.com",
            "ftp://localhost/",
            "file:///v3",
            "http://10.0.0.1/",
        ] {
            assert_eq!(
                Address::parse(wrong),
                Err(AddressError::Unprotected),
                "{wrong} must not get a secret"
            );
        }
        for wrong in [
            "https://a:b@example.com/",
            "https://example.com/?x=1",
            "https://example.com/#x",
        ] {
            assert_eq!(
                Address::parse(wrong),
                Err(AddressError::Decorated),
                "{wrong} holds too much"
            );
        }
        assert!(
            matches!(Address::parse("v3"), Err(AddressError::Unreadable(_))),
            "not an address"
        );
    }

    #[test]
    fn joining_keeps_the_base() {
        for base in ["http://localhost:4010/v3", "http://localhost:4010/v3/"] {
            let joined = Address::parse(base).unwrap().join("candidates/801");
            assert_eq!(
                joined.as_str(),
                "http://localhost:4010/v3/candidates/801",
                "one slash between"
            );
        }
        let bare = Address::parse("http://localhost:4011").unwrap();
        assert_eq!(
            bare.join("token").as_str(),
            "http://localhost:4011/token",
            "an origin alone works as well"
        );
        assert_eq!(
            bare.to_string(),
            "http://localhost:4011",
            "and is shown without a slash"
        );
    }

    #[test]
    fn only_the_same_origin_is_the_same_origin() {
        let base = Address::parse(HARVEST).unwrap();
        let same = |text: &str| base.is_same_origin(&Url::parse(text).unwrap());
        assert!(
            same("https://harvest.greenhouse.io:443/v3/users?cursor=x"),
            "the default port is the same port"
        );
        for other in [
            "http://harvest.greenhouse.io/v3/users",
            "https://harvest.greenhouse.io:444/v3/users",
            "https://harvest.greenhouse.io.example.com/v3/users",
            "https://me@harvest.greenhouse.io/v3/users",
        ] {
            assert!(!same(other), "{other} is elsewhere");
        }
    }
}
