//! Sample files that fit a world: what a newcomer drops on the window to walk all the steps.

mod pdf;
mod sourced;
mod workbook;

use crate::{
    scenario::staff::{self, EVERYBODY},
    world::World,
};
use domain::ids::UserId;
use greenhouse::wire::User;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use workbook::Cell;

/// Where the sample files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// Greenhouse's user export: what *Configure > Users > Export to Excel* would give.
    pub user_export: PathBuf,
    /// The Headhuntr team: one member is found in Greenhouse only by hand, since her address
    /// changed there, and one has left.
    pub team: PathBuf,
    /// Nine sourced candidates, with résumés beside them; one is in Greenhouse already.
    pub candidates: PathBuf,
    /// Three more, with educations and employments.
    pub candidates_jsonl: PathBuf,
    /// The member of the team found only by hand: her address in Headhuntr, and her account in Greenhouse.
    pub by_hand: Option<(String, UserId)>,
}

impl Samples {
    /// Writes all of them into a folder, which is made where it is missing.
    pub(crate) fn write(world: &World, dir: &Path) -> io::Result<Self> {
        let samples = Self {
            user_export: dir.join("greenhouse-users.xlsx"),
            team: dir.join("headhuntr-team.csv"),
            candidates: dir.join("sourced-candidates.csv"),
            candidates_jsonl: dir.join("sourced-candidates.jsonl"),
            by_hand: by_hand(world),
        };
        let resumes = dir.join("resumes");
        fs::create_dir_all(&resumes)?;
        fs::write(
            &samples.user_export,
            workbook::write("Users", &user_export(world))?,
        )?;
        fs::write(&samples.team, team())?;
        let people = sourced::people(world);
        fs::write(&samples.candidates, sourced::csv(&people))?;
        fs::write(&samples.candidates_jsonl, sourced::json_lines())?;
        for person in people.iter().filter(|person| person.resume.is_some()) {
            let name = person.resume_file();
            fs::write(resumes.join(name), pdf::write(&person.resume_lines()))?;
        }
        Ok(samples)
    }
}

/// The columns of the export. Only *User ID* is documented; the others are a guess.
const EXPORT_COLUMNS: [&str; 7] = [
    "User ID",
    "First Name",
    "Last Name",
    "Email",
    "Status",
    "Site Admin",
    "Job Title",
];

fn user_export(world: &World) -> Vec<Vec<Cell>> {
    let mut users: Vec<User> = world.users.records().collect();
    users.retain(|user| !world.service_accounts.contains(&user.id));
    users.reverse();
    let header = EXPORT_COLUMNS
        .map(|name| Cell::Text(name.to_owned()))
        .to_vec();
    let rows = users.into_iter().map(|user| {
        let text = |text: Option<String>| Cell::Text(text.unwrap_or_default());
        let yes = |yes: bool| Cell::Text(if yes { "Yes" } else { "No" }.to_owned());
        let active = user.deactivated != Some(true);
        vec![
            Cell::Number(user.id.get()),
            text(user.first_name),
            text(user.last_name),
            text(user.primary_email),
            Cell::Text(if active { "Active" } else { "Deactivated" }.to_owned()),
            yes(user.site_admin == Some(true)),
            text(user.job_title),
        ]
    });
    std::iter::once(header).chain(rows).collect()
}

fn by_hand(world: &World) -> Option<(String, UserId)> {
    let moved = EVERYBODY.iter().find_map(|employee| {
        let mailbox = employee.headhuntr?;
        (mailbox != employee.mailbox).then_some((employee, mailbox))
    });
    let (employee, mailbox) = moved?;
    let now = staff::address(employee.mailbox);
    let mut users = world.users.records();
    let user = users.find(|user| user.primary_email.as_ref() == Some(&now))?;
    Some((staff::address(mailbox), user.id))
}

fn team() -> String {
    let members = EVERYBODY.iter().filter_map(|employee| {
        let mailbox = employee.headhuntr?;
        Some((employee, mailbox))
    });
    let rows = (1..).zip(members).map(|(number, (employee, mailbox))| {
        // Headhuntr still knows Amara by the name she had.
        let last = if mailbox == employee.mailbox {
            employee.last
        } else {
            "Nwosu"
        };
        format!(
            "{} {last},{},hh-user-{number:02}\r\n",
            employee.first,
            staff::address(mailbox)
        )
    });
    std::iter::once("Name,Email,Headhuntr user ID\r\n".to_owned())
        .chain(rows)
        .collect()
}
