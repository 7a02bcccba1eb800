//! What a column of the user export can mean, and the headers it goes by.

use crate::columns::{Meaning, Words, common};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

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
    /// An e-mail address.
    Email,
    /// Active or deactivated.
    Status,
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
            Self::Email => "E-mail",
            Self::Status => "Status",
            Self::Deactivated => "Deactivated",
            Self::SiteAdmin => "Site Admin",
            Self::Role => "Role",
        }
    }
}

impl Meaning for UserColumn {
    const HEADERS: &'static [(Self, &'static [&'static str])] = &[
        (Self::UserId, USER_ID),
        (Self::FirstName, common::FIRST_NAME),
        (Self::LastName, common::LAST_NAME),
        (Self::Name, common::NAME),
        (Self::Email, common::EMAIL),
        (Self::Status, STATUS),
        (Self::Deactivated, DEACTIVATED),
        (Self::SiteAdmin, SITE_ADMIN),
        (Self::Role, ROLE),
    ];

    fn words() -> &'static Words<Self> {
        static WORDS: LazyLock<Words<UserColumn>> = LazyLock::new(Words::ready);
        &WORDS
    }

    fn repeats(self) -> bool {
        self == Self::Email
    }
}

const USER_ID: &[&str] = &[
    "User ID",
    "Greenhouse User ID",
    "Greenhouse ID",
    "ATS ID",
    "ATS User ID",
    "UserID",
    "User number",
    "Benutzer-ID",
    "Nutzer-ID",
    "Anwender-ID",
    "Benutzerkennung",
    "ID des Benutzers",
    "ID utilisateur",
    "Identifiant utilisateur",
    "Identifiant de l'utilisateur",
    "ID de l'utilisateur",
    "Nº d'utilisateur",
    "ID de usuario",
    "ID del usuario",
    "Identificador de usuario",
    "ID do usuário",
    "ID de usuário",
    "ID do utilizador",
    "ID utente",
    "ID dell'utente",
    "Codice utente",
    "Gebruikers-ID",
    "Gebruikersnummer",
    "Användar-ID",
    "Bruger-ID",
    "Bruker-ID",
    "Käyttäjätunnus",
    "Käyttäjän ID",
    "Käyttäjä-ID",
    "ID użytkownika",
    "Identyfikator użytkownika",
    "ID uživatele",
    "ID používateľa",
    "Felhasználói azonosító",
    "Felhasználó ID",
    "ID utilizator",
    "Kullanıcı ID",
    "Kullanıcı kimliği",
    "ID пользователя",
    "Идентификатор пользователя",
    "ID користувача",
    "Αναγνωριστικό χρήστη",
    "ID χρήστη",
    "מזהה משתמש",
    "معرف المستخدم",
    "ユーザーID",
    "ユーザID",
    "利用者ID",
    "用户ID",
    "用户编号",
    "使用者ID",
    "用戶ID",
    "사용자 ID",
    "사용자 아이디",
    "ID người dùng",
    "Mã người dùng",
];

const STATUS: &[&str] = &[
    "Status",
    "User status",
    "Account status",
    "State",
    "Active",
    "Is active",
    "Benutzerstatus",
    "Aktiv",
    "Statut",
    "Actif",
    "Estado",
    "Activo",
    "Situação",
    "Ativo",
    "Stato",
    "Attivo",
    "Actief",
    "Aktiv?",
    "Tila",
    "Aktiivinen",
    "Stan",
    "Aktywny",
    "Stav",
    "Stare",
    "Durum",
    "Статус",
    "Κατάσταση",
    "סטטוס",
    "الحالة",
    "ステータス",
    "状態",
    "状态",
    "狀態",
    "상태",
    "Trạng thái",
];

const DEACTIVATED: &[&str] = &[
    "Deactivated",
    "Disabled",
    "Is deactivated",
    "Inactive",
    "Deactivated at",
    "Deactivated on",
    "Deactivation date",
    "Disabled at",
    "Deaktiviert",
    "Deaktiviert am",
    "Inaktiv",
    "Désactivé",
    "Désactivé le",
    "Inactif",
    "Desactivado",
    "Inactivo",
    "Desativado",
    "Inativo",
    "Disattivato",
    "Inattivo",
    "Gedeactiveerd",
    "Inactief",
    "Inaktiverad",
    "Avaktiverad",
    "Deaktiveret",
    "Deaktivert",
    "Poistettu käytöstä",
    "Dezaktywowany",
    "Nieaktywny",
    "無効",
    "無効化",
    "已停用",
    "停用",
    "비활성",
];

const SITE_ADMIN: &[&str] = &[
    "Site Admin",
    "Site Admin?",
    "Is Site Admin",
    "Site Administrator",
    "Is Site Administrator",
    "Site-Admin",
    "Administrateur du site",
    "Administrador del sitio",
    "Administrador do site",
    "Amministratore del sito",
    "Sitebeheerder",
    "サイト管理者",
    "站点管理员",
    "사이트 관리자",
];

const ROLE: &[&str] = &[
    "User level",
    "Permission level",
    "Role",
    "User role",
    "Permissions",
    "User type",
    "Level",
    "Access level",
    "Rolle",
    "Berechtigungsstufe",
    "Rôle",
    "Niveau d'autorisation",
    "Rol",
    "Nivel de permiso",
    "Função",
    "Nível de permissão",
    "Ruolo",
    "Roll",
    "Rooli",
    "Rola",
    "Role uživatele",
    "Szerepkör",
    "Роль",
    "Ρόλος",
    "תפקיד",
    "役割",
    "権限",
    "角色",
    "역할",
    "Vai trò",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Header;
    use crate::sheet::Row;

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
