//! Names of records (jobs, sources, candidates) in the form they are looked up by.

/// Returns a name in the form names of records are compared in: lower case, marks taken off the usual Latin letters,
/// parts in alphabetical order, so that *Müller, Ana* and *Ana Muller* are the same.
#[must_use]
pub fn folded_name(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(plain_letter).collect();
    let mut parts: Vec<&str> = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    parts.sort_unstable();
    parts.join(" ")
}

fn plain_letter(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_order_and_case_make_no_difference() {
        assert_eq!(
            folded_name("Müller, Ana"),
            folded_name("ana MULLER"),
            "the same"
        );
    }
}
