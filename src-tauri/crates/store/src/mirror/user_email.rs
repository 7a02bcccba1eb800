//! Addresses of Greenhouse's users, beside the main one.

use super::record;
use domain::ids::{UserEmailId, UserId};

record! {
    /// One address of a user.
    UserEmail in "gh_user_email", id UserEmailId,
    {
        /// Whose.
        user_id: UserId,
        /// The address.
        email: String,
        /// Whether Greenhouse has verified it, where it says.
        verified: Option<bool>,
    }
    derived {}
    emptied "email = ''"
}
