//! Departments of the organisation.

use super::record;
use domain::ids::DepartmentId;

record! {
    /// A department of the organisation.
    Department in "gh_department", id DepartmentId,
    {
        /// Its name.
        name: String,
        /// The department it is a part of.
        parent_id: Option<DepartmentId>,
    }
    derived {}
    emptied "name = ''"
}
