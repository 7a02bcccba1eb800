//! What a column of the user export can mean, and the headers it goes by.

use crate::columns::{Meaning, Words, common, fold};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

mod words;

/// What a column of the export can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserColumn {
    /// The ATS id.
    UserId,
    /// First name.
    FirstName,
    /// Last name.
    LastName,
    /// The whole name.
    Name,
    /// What they log in with; their name where nothing else is.
    Login,
    /// An e-mail address.
    Email,
    /// Active or deactivated.
    Status,
    /// Active or deactivated, or the state they live in: its words tell.
    State,
    /// Whether they are active.
    Active,
    /// Whether, or since when, they are deactivated.
    Deactivated,
    /// Whether they are a Site Admin.
    SiteAdmin,
    /// Their level or role.
    Role,
}

impl UserColumn {
    /// Returns what it means in words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::UserId => "User ID",
            Self::FirstName => "First name",
            Self::LastName => "Last name",
            Self::Name => "Name",
            Self::Login => "User name",
            Self::Email => "E-mail",
            Self::Status | Self::State => "Status",
            Self::Active => "Active",
            Self::Deactivated => "Deactivated",
            Self::SiteAdmin => "Site Admin",
            Self::Role => "Role",
        }
    }
}

impl Meaning for UserColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (Self::UserId, words::USER_ID),
        (Self::FirstName, common::FIRST_NAME),
        (Self::LastName, common::LAST_NAME),
        // What somebody logs in with stands among the names of other lists.
        (Self::Login, words::LOGIN),
        (Self::Name, common::NAME),
        (Self::Email, common::EMAIL),
        (Self::Email, words::OTHER_EMAIL),
        (Self::Status, words::STATUS),
        (Self::State, words::STATE),
        (Self::Active, words::ACTIVE),
        (Self::Deactivated, words::DEACTIVATED),
        (Self::SiteAdmin, words::SITE_ADMIN),
        (Self::Role, words::ROLE),
    ];

    fn words() -> &'static Words<Self> {
        static WORDS: LazyLock<Words<UserColumn>> = LazyLock::new(Words::ready);
        &WORDS
    }

    fn repeats(self) -> bool {
        // Whoever is locked may not be archived: each of these columns is asked.
        matches!(self, Self::Email | Self::Deactivated)
    }
}

/// Says how much a header that means *User ID* tells: 0 where it names Greenhouse, 1 plainly, 2 with a note behind it.
pub(super) fn tells_id(header: &str) -> Option<u8> {
    match UserColumn::words().find(header)? {
        (UserColumn::UserId, rank) if rank < words::EXPLICIT => Some(0),
        (UserColumn::UserId, rank) if rank < words::USER_ID.len() => Some(1),
        (UserColumn::UserId, _) => Some(2),
        _ => None,
    }
}

/// Says how early the addresses of a column come: 0 for the primary one, 2 for those beside it.
pub(super) fn order_of_addresses(header: &str) -> u8 {
    let folded = fold(header);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(words::BESIDE) {
        2
    } else {
        u8::from(!has(&["primary"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Header;
    use crate::sheet::Row;

    #[test]
    fn addresses_of_work_come_before_others() {
        let check = |header, order| assert_eq!(order_of_addresses(header), order, "{header:?}");
        check("Primary email", 0);
        check("E-Mail-Adresse", 1);
        check("Work email", 1);
        check("Email 2", 2);
        check("Email (personal)", 2);
        check("Secondary email", 2);
    }

    #[test]
    #[allow(
        clippy::too_many_lines,
        reason = "a table, one language after the other"
    )]
    fn headers_of_many_languages_are_known() {
        use UserColumn::{Email, FirstName, LastName, Status, UserId};
        for headers in [
            ["User ID", "First Name", "Last Name", "Email", "Status"],
            [
                "Benutzer-ID",
                "Vorname",
                "Nachname",
                "E-Mail-Adresse",
                "Status",
            ],
            [
                "ID de l’utilisateur",
                "Prénom",
                "Nom de famille",
                "Adresse e-mail",
                "Statut",
            ],
            [
                "ID de usuario",
                "Nombre",
                "Apellidos",
                "Correo electrónico",
                "Estado",
            ],
            [
                "ID do usuário",
                "Primeiro nome",
                "Sobrenome",
                "Endereço de e-mail",
                "Situação",
            ],
            [
                "Gebruikers-ID",
                "Voornaam",
                "Achternaam",
                "E-mailadres",
                "Status",
            ],
            [
                "ID utente",
                "Nome di battesimo",
                "Cognome",
                "Indirizzo e-mail",
                "Stato",
            ],
            [
                "Användar-ID",
                "Förnamn",
                "Efternamn",
                "E-postadress",
                "Status",
            ],
            [
                "Bruger-ID",
                "Fornavn",
                "Efternavn",
                "E-mailadresse",
                "Status",
            ],
            [
                "Bruker-ID",
                "Fornavn",
                "Etternavn",
                "E-postadresse",
                "Status",
            ],
            [
                "Käyttäjätunnus",
                "Etunimi",
                "Sukunimi",
                "Sähköposti",
                "Tila",
            ],
            ["ID użytkownika", "Imię", "Nazwisko", "Adres e-mail", "Stan"],
            [
                "ID uživatele",
                "Křestní jméno",
                "Příjmení",
                "E-mail",
                "Stav",
            ],
            [
                "Felhasználói azonosító",
                "Keresztnév",
                "Vezetéknév",
                "E-mail cím",
                "Status",
            ],
            ["Kullanıcı kimliği", "Ad", "Soyadı", "E-posta", "Durum"],
            [
                "ID пользователя",
                "Имя",
                "Фамилия",
                "Электронная почта",
                "Статус",
            ],
            [
                "Αναγνωριστικό χρήστη",
                "Όνομα",
                "Επώνυμο",
                "Ηλεκτρονικό ταχυδρομείο",
                "Κατάσταση",
            ],
            ["מזהה משתמש", "שם פרטי", "שם משפחה", "אימייל", "סטטוס"],
            [
                "معرف المستخدم",
                "الاسم الأول",
                "اسم العائلة",
                "البريد الإلكتروني",
                "الحالة",
            ],
            ["ユーザーＩＤ", "名", "姓", "メールアドレス", "ステータス"],
            ["用户ID", "名字", "姓氏", "电子邮箱", "状态"],
            ["사용자 ID", "이름", "성", "이메일", "상태"],
            ["Mã người dùng", "Tên", "Họ", "Email", "Trạng thái"],
        ] {
            let header = Header::read(&Row::of(1, &headers));
            let meanings: Vec<_> = header.columns.iter().map(|it| it.meaning).collect();
            let expected = [UserId, FirstName, LastName, Email, Status].map(Some);
            assert_eq!(meanings, expected, "{headers:?}");
        }
    }
}
