//! A page of text as the smallest PDF that every reader opens.

use std::fmt::Write as _;

/// Returns the bytes of one page with these lines.
pub(crate) fn write(lines: &[String]) -> Vec<u8> {
    let mut text = String::from("BT /F1 12 Tf 72 770 Td 16 TL\n");
    for line in lines {
        let line = latin(line);
        // Writing to a text does not fail.
        let written = writeln!(text, "({line}) Tj T*");
        debug_assert!(written.is_ok(), "a text takes every line");
    }
    text.push_str("ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    pdf.push_str(&format!(
        "xref\n0 {}\n0000000000 65535 f \n",
        objects.len() + 1
    ));
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    let size = objects.len() + 1;
    pdf.push_str(&format!(
        "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    ));
    pdf.into_bytes()
}

/// The built-in font knows plain letters only; others become their nearest, or a dot.
fn latin(line: &str) -> String {
    let plain = |letter: char| match letter {
        '(' | ')' | '\\' => '/',
        ' '..='~' => letter,
        other => {
            let name = other.to_string();
            let nearest = crate::scenario::people::plain(&name)
                .chars()
                .next()
                .unwrap_or('.');
            if other.is_uppercase() {
                nearest.to_ascii_uppercase()
            } else {
                nearest
            }
        }
    };
    line.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_finds_every_object() {
        let pdf = write(&["Zoë (García) Márquez".to_owned()]);
        let text = String::from_utf8(pdf).unwrap();
        assert!(
            text.contains("(Zoe /Garcia/ Marquez)"),
            "only safe letters: {text}"
        );
        let table = text.split("xref\n").nth(1).unwrap();
        let places = table.lines().skip(2).filter(|line| line.ends_with("n "));
        for (number, line) in (1..).zip(places) {
            let place: usize = line[..10].parse().unwrap();
            let expected = format!("{number} 0 obj");
            assert!(
                text[place..].starts_with(&expected),
                "object {number} is elsewhere"
            );
        }
    }
}
