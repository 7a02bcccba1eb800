//! The address Greenhouse is to call: what may be one, and whether it leads here.

use crate::error::{Code, Error, Problem};
use crate::receive::{Place, Receiver, proof_path};
use crate::view::AddressState;
use domain::setup::Delivery;
use greenhouse::Address;
use greenhouse::webhook::{KnockError, knock};
use std::net::{IpAddr, Ipv4Addr};
use store::DeliveryChoice;
use url::{Host, Url};

/// The form's field.
const FIELD: &str = "address";

/// Reads an address that leads to this computer: https, and http only on this computer where that is allowed.
pub(crate) fn own(text: Option<&str>, loopback_allowed: bool) -> Result<String, Error> {
    let address = Address::parse(given(text)?).map_err(|error| Error::from(error).at(FIELD))?;
    let practises = loopback_allowed && address.is_plain_loopback();
    if !practises && !is_public(address.url()) {
        return Err(not_public());
    }
    Ok(address.to_string())
}

/// Reads Headhuntr's own endpoint, which Greenhouse is given as it is.
pub(crate) fn headhuntrs(text: Option<&str>) -> Result<String, Error> {
    let unreadable = |error| {
        Error::new(Code::InputInvalid, "This is not a web address")
            .at(FIELD)
            .caused_by(error)
    };
    let url = Url::parse(given(text)?).map_err(unreadable)?;
    if !is_public(&url) {
        return Err(not_public());
    }
    let has_login = !url.username().is_empty() || url.password().is_some();
    if has_login || url.fragment().is_some() {
        let detail =
            "Leave out the user name, the password and what follows a #: it is kept as it stands";
        return Err(Error::new(Code::AddressNotAllowed, detail).at(FIELD));
    }
    Ok(url.to_string())
}

/// Whether Greenhouse, calling from the internet, could reach this: https, at no name or number of a private network.
fn is_public(url: &Url) -> bool {
    url.scheme() == "https"
        && match url.host() {
            None => false,
            Some(Host::Domain(name)) => is_public_name(name),
            Some(Host::Ipv4(number)) => is_public_number(number.into()),
            Some(Host::Ipv6(number)) => is_public_number(number.to_canonical()),
        }
}

/// A name of one word, or below one of these, means something inside one house only (RFC 6761, RFC 6762, RFC 9476).
fn is_public_name(name: &str) -> bool {
    const INSIDE: [&str; 6] = ["localhost", "local", "internal", "home.arpa", "test", "alt"];
    let name = name.trim_end_matches('.');
    let is_below = |inside: &str| {
        name.strip_suffix(inside)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    name.contains('.') && !INSIDE.into_iter().any(is_below)
}

fn is_public_number(number: IpAddr) -> bool {
    let inside = match number {
        IpAddr::V4(v4) => {
            v4.is_private() || v4.is_link_local() || v4.is_broadcast() || is_carriers(v4)
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local(),
    };
    !(inside || number.is_loopback() || number.is_unspecified() || number.is_multicast())
}

/// Numbers that a provider shares among its customers (RFC 6598).
const fn is_carriers(number: Ipv4Addr) -> bool {
    let [first, second, ..] = number.octets();
    first == 100 && second & 0b1100_0000 == 64
}

fn given(text: Option<&str>) -> Result<&str, Error> {
    let text = text.unwrap_or_default().trim();
    if text.is_empty() {
        return Err(Error::new(Code::InputInvalid, "The address is missing").at(FIELD));
    }
    Ok(text)
}

fn not_public() -> Error {
    let detail = "Greenhouse calls public https addresses only";
    Error::new(Code::AddressNotAllowed, detail).at(FIELD)
}

/// Returns whether the address leads here, as far as is known, and what is the matter with it.
pub(super) fn stands(
    choice: Option<&DeliveryChoice>,
    kept: Option<Problem>,
    place: &Place,
) -> (AddressState, Option<Problem>) {
    let Some(choice) = choice.filter(|it| it.delivery == Delivery::OwnAddress) else {
        return (AddressState::NotNeeded, None);
    };
    match place {
        Place::Nowhere | Place::Refused { .. } => {
            return (AddressState::Failing, Some(not_listening(place)));
        }
        Place::At { moved, since, .. } => {
            let proved_here = choice.proved_at.is_some_and(|at| at >= *since);
            if let Some(wanted) = moved.filter(|_| !proved_here) {
                return (AddressState::Failing, Some(moved_away(place, wanted)));
            }
        }
    }
    if choice.failed_at.is_some() && !choice.is_proved() {
        let problem = kept.unwrap_or_else(|| Problem::of(Code::WebhookUnreachable, ""));
        return (AddressState::Failing, Some(problem));
    }
    if choice.is_proved() {
        (AddressState::Proved, None)
    } else {
        (AddressState::Unproved, None)
    }
}

/// Returns the words for an app that does not listen at all.
pub(super) fn not_listening(place: &Place) -> Problem {
    let mut problem = Problem::saying(
        Code::WebhookUnreachable,
        "This app does not listen for webhooks",
        "It could not get a place on this computer where calls come in.",
        "Close whatever uses the port, and start this app again. Until then the app asks Greenhouse by itself.",
    );
    if let Place::Refused { wanted, why } = place {
        problem.detail = format!("{wanted}: {why}");
    }
    problem
}

fn moved_away(place: &Place, wanted: std::net::SocketAddr) -> Problem {
    let now = place
        .address()
        .map_or_else(String::new, |at| at.to_string());
    let mut problem = Problem::saying(
        Code::WebhookUnreachable,
        "Another program uses the port for webhooks",
        "This app listens at another one, to which your tunnel or proxy does not lead.",
        "Close the other program and start this app again; or lead the tunnel to the place shown and prove it.",
    );
    problem.detail = format!("{wanted} is taken; listening at {now}");
    problem
}

/// Calls the address with something only we know; it has to come in here.
pub(super) async fn call(receiver: &Receiver, address: &str) -> Result<(), Problem> {
    let unreachable = |detail: String| Problem::of(Code::WebhookUnreachable, &detail);
    let base = Address::parse(address).map_err(|error| unreachable(error.to_string()))?;
    let nonce = receiver.expect_call().map_err(|error| error.problem())?;
    let answer = knock(&base, &proof_path(&nonce)).await;
    let came_in = receiver.has_come_in(&nonce);
    match answer {
        _ if came_in => Ok(()),
        Ok(status) => Err(unreachable(format!(
            "It answered {status}, and the call did not come in here"
        ))),
        Err(error @ (KnockError::Unreachable(_) | KnockError::NoClient(_))) => {
            Err(unreachable(error.to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_pass() {
        let cases = [
            (
                "https://hooks.example.com/hh/",
                false,
                Ok("https://hooks.example.com/hh"),
            ),
            (
                " https://hooks.example.com ",
                false,
                Ok("https://hooks.example.com"),
            ),
            (
                "http://hooks.example.com",
                true,
                Err(Code::AddressNotAllowed),
            ),
            ("http://127.0.0.1:8790", false, Err(Code::AddressNotAllowed)),
            ("http://127.0.0.1:8790", true, Ok("http://127.0.0.1:8790")),
            (
                "https://user:word@example.com",
                false,
                Err(Code::AddressNotAllowed),
            ),
            (
                "https://example.com/?a=1",
                false,
                Err(Code::AddressNotAllowed),
            ),
            ("https://127.0.0.1/", true, Err(Code::AddressNotAllowed)),
            ("https://10.1.2.3", false, Err(Code::AddressNotAllowed)),
            ("https://[fd00::1]", false, Err(Code::AddressNotAllowed)),
            (
                "https://[::ffff:192.168.1.1]",
                false,
                Err(Code::AddressNotAllowed),
            ),
            ("https://localhost", false, Err(Code::AddressNotAllowed)),
            ("https://laptop.local.", false, Err(Code::AddressNotAllowed)),
            ("https://hooks", false, Err(Code::AddressNotAllowed)),
            ("https://203.0.113.9", false, Ok("https://203.0.113.9")),
            ("hooks", false, Err(Code::AddressNotAllowed)),
            ("  ", false, Err(Code::InputInvalid)),
        ];
        for (text, loopback, expected) in cases {
            let read = own(Some(text), loopback);
            let read = read.as_deref().map_err(|error| error.code);
            assert_eq!(read, expected, "{text:?} with loopback {loopback}");
        }
        assert_eq!(
            headhuntrs(Some("https://example.org/ats?org=7")).unwrap(),
            "https://example.org/ats?org=7",
            "Headhuntr's endpoint is given on as it is"
        );
        for refused in [
            "http://example.org/ats",
            "https://user:word@example.org/ats",
            "https://example.org/ats#part",
            "https://100.64.0.1/ats",
        ] {
            let error = headhuntrs(Some(refused)).unwrap_err();
            assert_eq!(error.code, Code::AddressNotAllowed, "{refused}");
        }
    }
}
