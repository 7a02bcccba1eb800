//! Hostile texts: CSV and JSON Lines.

use super::Case;
use super::Kind::{Candidates, Team, Users};

/// As large as a file may be.
const LARGE: usize = 49 * 1024 * 1024;
const HEADER: &str = "User ID,Name,Email\n";
const PERSON: &str = "{\"headhuntr_id\":\"h-1\",\"name\":\"Ana Vega\"}\n";

pub fn cases() -> Vec<Case> {
    let mut cases = tables();
    cases.extend(json());
    cases
}

fn filled(head: &str, with: &str, tail: &str) -> Vec<u8> {
    let times = (LARGE - head.len() - tail.len()) / with.len();
    [
        head.as_bytes(),
        &with.repeat(times).into_bytes(),
        tail.as_bytes(),
    ]
    .concat()
}

fn tables() -> Vec<Case> {
    vec![
        Case::bytes("one line of 49 MB", Users, &["other_content"], || {
            filled("a,", "x", "")
        }),
        Case::bytes(
            "one cell of 49 MB below a header",
            Users,
            &["nothing_taken"],
            || filled(HEADER, "x", ""),
        ),
        Case::bytes("one row of 50 million columns", Users, &["ok 1"], || {
            filled("User ID,Name\n", ",", "\n7,Ana\n")
        }),
        Case::bytes("a header of 50 million columns", Users, &["ok 1"], || {
            filled("User ID,Name", ",", "\n7,Ana\n")
        }),
        Case::bytes("a quote that is never closed", Users, &["unsafe"], || {
            filled(&format!("{HEADER}7,Ana\n8,\""), "x\n", "")
        }),
        Case::bytes("a quote on every line", Users, &["unsafe"], || {
            filled(&format!("{HEADER}7,Ana\n"), "8,\"B,b\n", "")
        }),
        Case::bytes(
            "nothing but quotes",
            Users,
            &["other_content", "nothing_taken"],
            || filled("a,b\n", "\"", ""),
        ),
        Case::bytes(
            "columns across quoted lines",
            Users,
            &["ok 1", "nothing_taken"],
            || filled(&format!("{HEADER}7,Ana\n8"), ",\"\n\"", "\n"),
        ),
        Case::bytes("more rows than a sheet has", Users, &["unsafe"], || {
            filled(HEADER, "x\n", "")
        }),
        Case::bytes(
            "more people than any company has",
            Users,
            &["unsafe"],
            || {
                let rows: String = (1..600_000).map(|id| format!("{id},Ana\n")).collect();
                (HEADER.to_owned() + &rows).into_bytes()
            },
        ),
        Case::bytes("a team without end", Team, &["unsafe"], || {
            let rows: String = (1..600_000)
                .map(|id| format!("Ana,a{id}@example.org\n"))
                .collect();
            ("Name,Email\n".to_owned() + &rows).into_bytes()
        }),
        Case::bytes("candidates without end", Candidates, &["unsafe"], || {
            let rows: String = (1..600_000).map(|id| format!("h-{id},Ana\n")).collect();
            ("Headhuntr ID,Name\n".to_owned() + &rows).into_bytes()
        }),
        Case::bytes("letters that grow when decoded", Users, &["unsafe"], || {
            [
                HEADER.as_bytes(),
                &b"7,\x80\x80\x80\x80\x80\x80\x80\x80\n".repeat(4_000_000),
            ]
            .concat()
        }),
        Case::bytes(
            "more cells than a table may have",
            Users,
            &["unsafe"],
            || {
                let row = format!("7{}\n", ",v".repeat(500));
                (HEADER.to_owned() + &row.repeat(40_000)).into_bytes()
            },
        ),
        Case::bytes("46 MB of accented letters", Users, &["unsafe"], || {
            [
                HEADER.as_bytes(),
                &b"7,\xFC\xFC\xFC\xFC\xFC\xFC\n".repeat(5_000_000),
            ]
            .concat()
        }),
        Case::bytes("46 MB with few accented letters", Users, &["ok 1"], || {
            let notes = ["x".repeat(1_000).as_bytes(), b"\xFC\n"]
                .concat()
                .repeat(46_000);
            [HEADER.as_bytes(), b"7,Ana\n", &notes].concat()
        }),
        Case::bytes(
            "one bad byte among letters of UTF-8",
            Users,
            &["ok 2"],
            || {
                let first = "7,Zoë Łęcka\n8,Jürgen René ".as_bytes();
                [HEADER.as_bytes(), first, b"M\xFCller\n"].concat()
            },
        ),
        Case::bytes("bytes that are no UTF-8", Users, &["ok 1"], || {
            [HEADER.as_bytes(), b"7,A\xFF\xFE\xC3na\n"].concat()
        }),
        Case::bytes(
            "UTF-8 that says so and is not",
            Users,
            &["other_format"],
            || {
                [
                    b"\xEF\xBB\xBF",
                    HEADER.as_bytes(),
                    b"7,",
                    &vec![0xFF; LARGE - 100],
                ]
                .concat()
            },
        ),
        Case::bytes(
            "UTF-16 cut in the middle of a letter",
            Users,
            &["ok 1", "other_format"],
            || {
                let text: Vec<u8> = "User ID\tName\n7\tAna"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect();
                [b"\xFF\xFE", &text[..], b"\x3D"].concat()
            },
        ),
        Case::bytes("zeros between the letters", Users, &["ok 1"], || {
            [
                HEADER.as_bytes(),
                "x".repeat(500).as_bytes(),
                b"\n7,A\0n\0a\n",
            ]
            .concat()
        }),
        Case::bytes("49 MB of zeros", Users, &["other_format"], || {
            vec![0; LARGE]
        }),
        Case::bytes("49 MB of blanks", Users, &["empty"], || vec![b' '; LARGE]),
        Case::bytes("49 MB of blank lines", Users, &["empty"], || {
            vec![b'\n'; LARGE]
        }),
        Case::bytes(
            "addresses without end in one cell",
            Candidates,
            &["ok 1"],
            || {
                let emails: String = (0..1_500).map(|id| format!("a{id}@example.org ")).collect();
                format!("Headhuntr ID,Name,Email\nh-1,Ana,{emails}\n").into_bytes()
            },
        ),
        Case::bytes(
            "tags without end in every cell",
            Candidates,
            // Its lines agree on their semicolons rather than on their commas; only the header tells.
            &["ok 1500"],
            || {
                let rows: String = (0..1_500)
                    .map(|id| format!("h-{id},Ana,{}\n", "a;".repeat(16_000)))
                    .collect();
                ("Headhuntr ID,Name,Tags\n".to_owned() + &rows).into_bytes()
            },
        ),
    ]
}

fn json() -> Vec<Case> {
    let beside = |line: String| move || format!("{PERSON}{line}\n").into_bytes();
    vec![
        Case::bytes("one object of 49 MB", Candidates, &["ok 1"], || {
            filled(&format!("{PERSON}{{\"a\":["), "1,", "1]}\n")
        }),
        Case::bytes(
            "one list of 25 million numbers",
            Candidates,
            &["nothing_taken"],
            || filled("[[", "1,", "1]]"),
        ),
        Case::bytes(
            "a list of 25 million entries",
            Candidates,
            &["unsafe"],
            || filled("[{},", "1,", "1]"),
        ),
        Case::bytes(
            "brackets without end",
            Candidates,
            &["nothing_taken"],
            || filled("", "[", ""),
        ),
        Case::bytes("braces without end", Candidates, &["nothing_taken"], || {
            filled("", "{\"a\":", "")
        }),
        Case::bytes(
            "a line nested 60,000 deep",
            Candidates,
            &["ok 1"],
            beside("[".repeat(60_000) + &"]".repeat(60_000)),
        ),
        Case::bytes(
            "an object nested 65 deep",
            Candidates,
            &["ok 1"],
            beside("{\"a\":".repeat(65) + "1" + &"}".repeat(65)),
        ),
        Case::bytes("a text that is never closed", Candidates, &["ok 1"], || {
            filled(&format!("{PERSON}{{\"a\":\""), "x", "")
        }),
        Case::bytes(
            "escapes that are no letters",
            Candidates,
            &["ok 1"],
            beside("{\"id\":2,\"name\":\"\\uD800\"}".to_owned()),
        ),
        Case::bytes(
            "numbers without end",
            Candidates,
            &["ok 1"],
            beside(format!("{{\"id\":{},\"name\":1e999}}", "9".repeat(100_000))),
        ),
        Case::bytes(
            "a member twice",
            Candidates,
            &["ok 2"],
            beside("{\"id\":2,\"id\":3,\"name\":\"Bo\"}".to_owned()),
        ),
        Case::bytes(
            "16 million lines that are not JSON",
            Candidates,
            &["unsafe"],
            || filled(PERSON, "{x\n", ""),
        ),
        Case::bytes(
            "an object of many schools",
            Candidates,
            &["ok 2"],
            beside(format!(
                "{{\"id\":2,\"name\":\"Bo\",\"educations\":[{}{{}}]}}",
                "{\"school\":\"x\"},".repeat(50_000)
            )),
        ),
    ]
}
