//! The `Link` header: the address with `rel="next"`, and no other.

use reqwest::header::{HeaderMap, LINK};

/// Returns the address of the next page, as sent.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    let mut values = headers.get_all(LINK).iter();
    values.find_map(|value| next_of(value.to_str().ok()?))
}

/// Reads one header: links are parted by commas, but an address and a quoted text may hold commas too.
fn next_of(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (address, after) = after.split_once('>')?;
        let (parameters, following) = after.split_at_checked(end_of_link(after))?;
        if parameters_of(parameters)
            .any(|(name, value)| name.eq_ignore_ascii_case("rel") && is_next(&value))
        {
            return Some(address.trim().to_owned());
        }
        rest = following;
    }
    None
}

/// Returns where the parameters of a link end: at the first comma outside of quotes.
fn end_of_link(text: &str) -> usize {
    outside_quotes(text, ',').next().unwrap_or(text.len())
}

fn parameters_of(text: &str) -> impl Iterator<Item = (&str, String)> {
    let mut cuts: Vec<usize> = outside_quotes(text, ';').collect();
    cuts.push(text.len());
    let mut from = 0;
    cuts.into_iter().filter_map(move |to| {
        let parameter = text.get(from..to).unwrap_or_default();
        from = to + 1;
        let (name, value) = parameter.split_once('=')?;
        Some((
            name.trim(),
            value.trim().trim_matches(['"', '\'']).to_owned(),
        ))
    })
}

/// Returns where a mark stands in a text, passing over what is quoted.
fn outside_quotes(text: &str, mark: char) -> impl Iterator<Item = usize> {
    let (mut quoted, mut escaped) = (false, false);
    text.char_indices().filter_map(move |(at, c)| {
        let was_escaped = escaped;
        escaped = quoted && !was_escaped && c == '\\';
        if c == '"' && !was_escaped {
            quoted = !quoted;
        }
        (c == mark && !quoted).then_some(at)
    })
}

fn is_next(relations: &str) -> bool {
    relations
        .split_whitespace()
        .any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, any, proptest};

    const NEXT: &str = "https://example.com/v3/users?cursor=a,b;c";

    #[test]
    fn the_next_link_is_found_however_it_is_written() {
        for header in [
            r#"<https://example.com/v3/users?cursor=a,b;c>; rel="next""#,
            r"<https://example.com/v3/users?cursor=a,b;c>;rel=next",
            r#"<https://x.example/p>; rel="prev", <https://example.com/v3/users?cursor=a,b;c>; rel="next""#,
            r#"<https://example.com/v3/users?cursor=a,b;c>; title="a, <b>; rel=last"; REL="Next last""#,
            r#"<https://x.example>; title="say \"hi, you\""; rel=prev,<https://example.com/v3/users?cursor=a,b;c>; rel="next""#,
        ] {
            assert_eq!(next_of(header).as_deref(), Some(NEXT), "in {header}");
        }
    }

    #[test]
    fn nothing_else_is_a_next_link() {
        for header in [
            "",
            "garbage",
            "<unclosed",
            r#"<https://x.example>; rel="prev""#,
            r#"<https://x.example>; title="rel=next""#,
            r#"<https://x.example>; rel="nextish""#,
            r#"<https://x.example>; title="a; rel=next""#,
        ] {
            assert_eq!(next_of(header), None, "{header:?} leads nowhere");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_header_breaks_the_reader(header in any::<String>()) {
            next_of(&header);
        }

        #[test]
        fn any_cursor_comes_back(cursor in "[A-Za-z0-9_=,;%.-]{1,60}", before in "(<x>; rel=prev, )?") {
            let header = format!(r#"{before}<https://example.com/v3/users?cursor={cursor}>; rel="next""#);
            let expected = format!("https://example.com/v3/users?cursor={cursor}");
            assert_eq!(next_of(&header), Some(expected), "in {header}");
        }
    }
}
