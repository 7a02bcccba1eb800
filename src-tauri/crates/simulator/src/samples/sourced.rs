//! Sourced candidates for practice: potential, qualified and interested people, one of whom is in
//! Greenhouse already.

use crate::world::World;
use serde_json::json;

/// One sourced candidate of the table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sourced {
    id: &'static str,
    first: String,
    last: String,
    email: String,
    phone: &'static str,
    company: &'static str,
    title: &'static str,
    place: &'static str,
    status: &'static str,
    job: &'static str,
    pool: &'static str,
    owner: &'static str,
    tags: &'static str,
    note: &'static str,
    pub(crate) resume: Option<&'static str>,
}

impl Sourced {
    /// Returns the name of the résumé's file.
    pub(crate) fn resume_file(&self) -> String {
        format!("{}.pdf", self.resume.unwrap_or_default())
    }

    /// Returns what the résumé says.
    pub(crate) fn resume_lines(&self) -> Vec<String> {
        vec![
            format!("{} {}", self.first, self.last),
            format!("{}, {}", self.title, self.company),
            self.place.to_owned(),
            self.email.clone(),
            String::new(),
            "A made-up person, for practice only.".to_owned(),
        ]
    }
}

const COLUMNS: &str = "Headhuntr candidate ID,First name,Last name,Email,Phone,LinkedIn,Company,\
                       Title,Location,Status,Job,Prospect pool,Owner,Source,Tags,Note,Resume";

/// What differs from one to the next: pool, job, owner, tags, note, and the résumé's name.
type Details = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

const DETAILS: [Details; 9] = [
    (
        "Engineering talent",
        "",
        "maya.lindqvist",
        "sourced; go",
        "Met at a meetup in spring.",
        Some("aurelia-fontaine"),
    ),
    ("", "", "kwame.mensah", "", "", None),
    ("Future leaders", "", "amara.nwosu", "sourced", "", None),
    (
        "",
        "ENG-101",
        "maya.lindqvist",
        "sourced; rust",
        "Ten years of distributed systems.",
        Some("nikhil-varma"),
    ),
    ("", "ENG-102", "yuki.tanaka", "", "", Some("zuzanna-krol")),
    (
        "",
        "Product Designer",
        "kwame.mensah",
        "sourced",
        "Portfolio is worth a look.",
        None,
    ),
    (
        "",
        "ENG-101",
        "maya.lindqvist",
        "sourced; relocation",
        "Free from January.",
        Some("marguerite-ohara"),
    ),
    (
        "",
        "SAL-301",
        "yuki.tanaka",
        "",
        "Wants to move to Lagos.",
        Some("kenji-watanabe"),
    ),
    (
        "",
        "ENG-101",
        "kwame.mensah",
        "sourced",
        "Wrote to us by herself.",
        None,
    ),
];

/// Returns the nine.
pub(crate) fn people(world: &World) -> Vec<Sourced> {
    let mut people = vec![
        potential(
            "hc-1001",
            ("Aurelia", "Fontaine"),
            "Staff Engineer",
            "Nimbus Dairy",
        ),
        potential(
            "hc-1002",
            ("Tadeo", "Quispe"),
            "Data Scientist",
            "Lanternfish",
        ),
        potential(
            "hc-1003",
            ("Ebba", "Sjögren"),
            "Engineering Manager",
            "Kestrel Freight",
        ),
        qualified(
            "hc-1004",
            ("Nikhil", "Varma"),
            "Backend Engineer",
            "Ironbridge",
        ),
        qualified("hc-1005", ("Zuzanna", "Król"), "Data Engineer", "Birchline"),
        qualified(
            "hc-1006",
            ("Oluwaseun", "Bello"),
            "Product Designer",
            "Fernhill",
        ),
        interested(
            "hc-1007",
            ("Marguerite", "O’Hara"),
            "Platform Engineer",
            "Harbour Nine",
        ),
        interested(
            "hc-1008",
            ("Kenji", "Watanabe"),
            "Account Executive",
            "Oakmere",
        ),
        known(world),
    ];
    for (person, (pool, job, owner, tags, note, resume)) in people.iter_mut().zip(DETAILS) {
        (person.pool, person.job, person.owner) = (pool, job, owner);
        (person.tags, person.note, person.resume) = (tags, note, resume);
    }
    people
}

fn potential(
    id: &'static str,
    (first, last): (&str, &str),
    title: &'static str,
    company: &'static str,
) -> Sourced {
    Sourced {
        id,
        first: first.to_owned(),
        last: last.to_owned(),
        email: format!("{id}@example.org"),
        phone: "+44 20 7946 0017",
        company,
        title,
        place: "Amsterdam, Netherlands",
        status: "potential",
        ..Sourced::default()
    }
}

fn qualified(
    id: &'static str,
    name: (&str, &str),
    title: &'static str,
    company: &'static str,
) -> Sourced {
    Sourced {
        status: "qualified",
        ..potential(id, name, title, company)
    }
}

fn interested(
    id: &'static str,
    name: (&str, &str),
    title: &'static str,
    company: &'static str,
) -> Sourced {
    Sourced {
        status: "interested",
        ..potential(id, name, title, company)
    }
}

/// Somebody who is in Greenhouse already, where anybody with an address is.
fn known(world: &World) -> Sourced {
    let fresh = interested(
        "hc-1009",
        ("Imani", "Castillo"),
        "Backend Engineer",
        "Mossbank",
    );
    let known = world
        .candidates
        .records()
        .find(|it| !it.email_addresses.is_empty());
    let Some(known) = known else { return fresh };
    let email = known.email_addresses.first().map(|it| it.value.clone());
    Sourced {
        first: known.first_name.unwrap_or_default(),
        last: known.last_name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        ..fresh
    }
}

/// Returns the table.
pub(crate) fn csv(people: &[Sourced]) -> String {
    let mut table = format!("{COLUMNS}\r\n");
    for person in people {
        let owner = crate::scenario::staff::address(person.owner);
        let linkedin = format!("https://www.linkedin.com/in/example-{}", person.id);
        let resume = person
            .resume
            .map(|_| format!("resumes/{}", person.resume_file()));
        let cells = [
            person.id,
            &person.first,
            &person.last,
            &person.email,
            person.phone,
            &linkedin,
            person.company,
            person.title,
            person.place,
            person.status,
            person.job,
            person.pool,
            &owner,
            "Headhuntr.io",
            person.tags,
            person.note,
            resume.as_deref().unwrap_or_default(),
        ];
        table.push_str(&cells.map(quoted).join(","));
        table.push_str("\r\n");
    }
    table
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// Returns three people with educations and employments, one on each line.
pub(crate) fn json_lines() -> String {
    let owner = |mailbox: &str| crate::scenario::staff::address(mailbox);
    let people = [
        json!({
            "headhuntr_id": "hc-2001", "first_name": "Solveig", "last_name": "Aarestad",
            "emails": ["hc-2001@example.org"], "interest": "qualified", "job": "ENG-102",
            "company": "Glasshouse Analytics", "title": "Data Engineer",
            "owner_email": owner("maya.lindqvist"), "source": "Headhuntr.io", "tags": ["sourced"],
            "educations": [{ "school": "Fernhill University", "degree": "Master's Degree",
                "discipline": "Computer Science", "start": "2012-09", "end": "2017-06" }],
            "employments": [{ "company": "Glasshouse Analytics", "title": "Data Engineer",
                "start": "2021-02-01" }, { "company": "Cobalt Ferry", "title": "Analyst",
                "start": "2017-08-01", "end": "2021-01-31" }],
        }),
        json!({
            "headhuntr_id": "hc-2002", "first_name": "Bashir", "last_name": "Rahimi",
            "emails": ["hc-2002@example.org"], "phones": ["+1 202 555 0142"],
            "interest": "interested", "job": "PRD-201", "owner_email": owner("kwame.mensah"),
            "source": "Headhuntr.io", "note": "Prefers e-mail.",
            "educations": [{ "school": "Northern College of Art", "degree": "Bachelor's Degree",
                "discipline": "Design", "start": "2010", "end": "2014" }],
            "employments": [{ "company": "Pebble & Co", "title": "Product Designer",
                "start": "2016-05-01" }],
        }),
        json!({
            "headhuntr_id": "hc-2003", "first_name": "Mei-Ling", "last_name": "Ho",
            "emails": ["hc-2003@example.org"], "interest": "potential",
            "prospect_pool": "Engineering talent", "owner_email": owner("yuki.tanaka"),
            "source": "Headhuntr.io",
            "educations": [{ "school": "A school Greenhouse does not list", "degree": "Doctorate",
                "discipline": "Mathematics", "start": "2008-10", "end": "2014-03" }],
        }),
    ];
    people.iter().map(|person| format!("{person}\n")).collect()
}
