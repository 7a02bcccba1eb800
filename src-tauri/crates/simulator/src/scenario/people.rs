//! Names to make people from. Nobody here exists.

/// First names from many places, with the letters they are really written with.
pub(crate) const FIRST_NAMES: &[&str] = &[
    "Aaliyah",
    "Adaeze",
    "Agnieszka",
    "Aiko",
    "Alejandro",
    "Amina",
    "Anaïs",
    "André",
    "Anjali",
    "Bartosz",
    "Björn",
    "Camila",
    "Chidi",
    "Chloé",
    "Dilnoza",
    "Eilidh",
    "Elif",
    "Emeka",
    "Farid",
    "Fátima",
    "Giulia",
    "Grace",
    "Hana",
    "Håkon",
    "Ibrahim",
    "İpek",
    "Iris",
    "Jędrzej",
    "Jiho",
    "João",
    "Jürgen",
    "Kaito",
    "Katarína",
    "Khadija",
    "Lars",
    "Leïla",
    "Liam",
    "Lucía",
    "Magdaléna",
    "Malik",
    "Mateo",
    "Mei",
    "Minh",
    "Nadia",
    "Ngozi",
    "Niamh",
    "Nikolaos",
    "Nobuhle",
    "Olena",
    "Omar",
    "Ondřej",
    "Priyanka",
    "Rafael",
    "Saoirse",
    "Şebnem",
    "Siobhán",
    "Søren",
    "Tariq",
    "Thùy",
    "Tomasz",
    "Vikram",
    "Wanjiru",
    "Yael",
    "Ýmir",
    "Zoë",
];

/// Last names likewise, with apostrophes, spaces and hyphens.
pub(crate) const LAST_NAMES: &[&str] = &[
    "Abebe",
    "Adeyemi",
    "Ahmadi",
    "Andersson",
    "Aoki",
    "Bakker",
    "Balogun",
    "Bianchi",
    "Brânză",
    "Castillo",
    "Chatterjee",
    "Chen",
    "Çelik",
    "Cohen",
    "Da Silva",
    "De la Cruz",
    "Dubois",
    "Dvořák",
    "Eriksen",
    "Farouk",
    "Fernández",
    "García Márquez",
    "Gonçalves",
    "Grünwald",
    "Haddad",
    "Hashimoto",
    "Horváth",
    "Iyer",
    "Jansen",
    "Jóhannsdóttir",
    "Kaya",
    "Khalil",
    "Kim",
    "Kowalska",
    "Kuznetsova",
    "Lefèvre",
    "Lindström",
    "Mbeki",
    "McAllister",
    "Molnár",
    "Müller",
    "Nakamura",
    "Ndlovu",
    "Nguyễn",
    "Nowak",
    "O’Brien",
    "O'Neill",
    "Okonkwo",
    "Ortiz",
    "Öztürk",
    "Papadopoulos",
    "Park",
    "Patel",
    "Petrović",
    "Popescu",
    "Quispe",
    "Rahman",
    "Rasmussen",
    "Sæther",
    "Saidov",
    "Schmidt-Braun",
    "Sharma",
    "Suzuki",
    "Tanaka",
    "Tran",
    "Van den Berg",
    "Wójcik",
    "Yılmaz",
    "Zhang",
    "Žukauskas",
];

/// Made-up companies to come from.
pub(crate) const COMPANIES: &[&str] = &[
    "Alder & Finch",
    "Birchline",
    "Cobalt Ferry",
    "Driftwood Labs",
    "Eastgate Robotics",
    "Fernhill",
    "Glasshouse Analytics",
    "Harbour Nine",
    "Ironbridge",
    "Juniper Works",
    "Kestrel Freight",
    "Lanternfish",
    "Mossbank",
    "Nimbus Dairy",
    "Oakmere",
    "Pebble & Co",
];

/// What people are called at work.
pub(crate) const TITLES: &[&str] = &[
    "Account Executive",
    "Backend Engineer",
    "Data Engineer",
    "Data Scientist",
    "Engineering Manager",
    "Frontend Engineer",
    "People Partner",
    "Platform Engineer",
    "Product Designer",
    "Product Manager",
    "Sales Lead",
    "Site Reliability Engineer",
    "Staff Engineer",
    "Support Engineer",
    "UX Researcher",
];

/// Where people live.
pub(crate) const PLACES: &[&str] = &[
    "Amsterdam, Netherlands",
    "Berlin, Germany",
    "Bogotá, Colombia",
    "Dublin, Ireland",
    "Istanbul, Türkiye",
    "Kraków, Poland",
    "Lagos, Nigeria",
    "Lisboa, Portugal",
    "London, UK",
    "Nairobi, Kenya",
    "Osaka, Japan",
    "São Paulo, Brazil",
    "Seoul, South Korea",
];

/// Returns a name in the few letters that are safe in an address.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter_map(plain_letter).collect()
}

fn plain_letter(letter: char) -> Option<char> {
    let lower = letter.to_lowercase().next()?;
    Some(match lower {
        'a'..='z' => lower,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ă' | 'æ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ễ' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ř' => 'r',
        'ş' | 'š' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_a_plain_form() {
        for name in FIRST_NAMES.iter().chain(LAST_NAMES) {
            let plain = plain(name);
            let letters = name.chars().filter(|c| c.is_alphabetic()).count();
            assert_eq!(
                plain.len(),
                letters,
                "{name} became {plain} and lost a letter"
            );
        }
    }
}
