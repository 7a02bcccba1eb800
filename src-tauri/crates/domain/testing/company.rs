//! A large company for measurements: five thousand people of the team among twenty thousand accounts, in names of many
//! languages. Everybody is made up.
#![allow(clippy::unwrap_used, reason = "a measurement ends where it fails")]

use domain::ids::UserId;
use domain::mapping::{Account, Address, Member};

/// People of the team.
pub const MEMBERS: usize = 5_000;
/// Greenhouse's users.
pub const ACCOUNTS: usize = 20_000;

const GIVEN: &[&str] = &[
    "Ana",
    "Jürgen",
    "Łucja",
    "José",
    "Aoife",
    "Nguyễn",
    "Сергей",
    "Mohammed",
    "Xiaoming",
    "Yuki",
    "William",
    "Bob",
    "Katherine",
    "Anne-Marie",
    "Minsu",
    "Giorgos",
    "Femke",
    "Thiago",
    "Ravi",
    "Olga",
    "Peter",
    "Grace",
    "Omar",
    "Ingrid",
    "Samuel",
    "Tomasz",
    "Beatriz",
    "Noam",
    "Zeynep",
    "Malik",
];
const FIRST: &[&str] = &[
    "Ash", "Black", "Brad", "Brook", "Clay", "Dun", "Elm", "Fair", "Glen", "Hart", "Kings", "Lang",
    "Lock", "Mar", "Müh", "North", "Oak", "Pem", "Rad", "Sher", "Stan", "Thorn", "Wal", "Wex",
    "Weiß", "Win", "Yard", "Höll", "Øst", "San",
];
const LAST: &[&str] = &[
    "bridge", "bury", "combe", "croft", "dale", "field", "ford", "gate", "ham", "hurst", "lake",
    "ley", "more", "stead", "ton", "well", "wick", "wood", "worth", "bauer", "mann", "meier",
    "ström", "gaard", "ski", "ov", "ez", "ini", "akis", "oğlu",
];

fn name(at: usize) -> (String, String) {
    let pick = |list: &[&str], at: usize| {
        list.get(at % list.len())
            .copied()
            .unwrap_or_default()
            .to_owned()
    };
    let family =
        pick(FIRST, at / GIVEN.len()) + &pick(LAST, at / GIVEN.len() / FIRST.len() + at / 7);
    (pick(GIVEN, at), family)
}

/// Returns the account of this place.
pub fn account(at: usize) -> Account {
    let (given, family) = name(at);
    Account {
        id: UserId(4_000_000_000 + i64::try_from(at).unwrap() * 7),
        name: format!("{given} {family}"),
        addresses: vec![Address {
            email: format!(
                "{}.{}{at}@example.com",
                given.to_lowercase(),
                family.to_lowercase()
            ),
            verified: true,
        }],
        deactivated: at % 10 == 9,
        is_state_unclear: false,
        exported: None,
    }
}

/// Returns the member of this place; so many in ten have the same address in Greenhouse.
pub fn member(at: usize, same_in_ten: usize) -> Member {
    let of = at * (ACCOUNTS / MEMBERS);
    let (given, family) = name(of);
    let email = if at % 10 < same_in_ten {
        format!(
            "{}.{}{of}@example.com",
            given.to_lowercase(),
            family.to_lowercase()
        )
    } else {
        format!(
            "{}{}@example.org",
            given.to_lowercase().chars().next().unwrap(),
            family.to_lowercase()
        )
    };
    Member {
        id: i64::try_from(at).unwrap() + 1,
        name: if at.is_multiple_of(3) {
            format!("{family}, {given}")
        } else {
            format!("{given} {family}")
        },
        email,
    }
}
