//! People of many countries in short lists, as programs wrote them before Unicode.

use super::*;
use encoding_rs::{BIG5, EUC_JP, EUC_KR, WINDOWS_1251, WINDOWS_1253, WINDOWS_1255, WINDOWS_1256};

/// A language, the encoding in which its programs wrote, and first and last names.
const PEOPLE: &[(&str, &Encoding, &str, &str)] = &[
    (
        "Polish",
        WINDOWS_1250,
        "Łukasz Michał Paweł Stanisław Małgorzata Żaneta Zofia Grażyna Jarosław Łucja Bożena Piotr Anna Katarzyna Wojciech",
        "Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jabłoński Mazur Kwiatkowski Grabowski Pawłowski Michalski Król Górski Nowak Święcicka",
    ),
    (
        "Czech",
        WINDOWS_1250,
        "Jiří Tomáš Ondřej Lukáš Kateřina Zdeněk Jaroslav Věra Alžběta Václav Božena Petr Jana Šárka Matěj",
        "Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Růžička Beneš Fiala Sedláček Doležal Kříž Šimek Žák Ševčík",
    ),
    (
        "Hungarian",
        WINDOWS_1250,
        "László József István Gábor Zoltán Péter Ildikó Erzsébet György Attila Tünde Réka Ágnes Ernő Győző",
        "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete Erdős Török",
    ),
    (
        "Russian",
        WINDOWS_1251,
        "Иван Мария Сергей Ольга Дмитрий Анна Алексей Екатерина Николай Татьяна Павел Юлия",
        "Иванов Смирнова Кузнецов Попова Васильев Петрова Соколов Михайлова Новиков Фёдорова Морозов Волкова Щербаков Юдина",
    ),
    (
        "Ukrainian",
        WINDOWS_1251,
        "Іван Марія Сергій Ольга Дмитро Ганна Олексій Катерина Микола Тетяна Євген Юлія Їжак",
        "Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Коваль Поліщук Лисенко Мельник Гуцуляк Щур Ґалаґан",
    ),
    (
        "Bulgarian",
        WINDOWS_1251,
        "Иван Мария Георги Елена Димитър Йорданка Николай Пенка",
        "Иванов Петрова Димитров Георгиева Стоянов Йорданова Тодоров Вълчева",
    ),
    (
        "Greek",
        WINDOWS_1253,
        "Γιώργος Μαρία Δημήτρης Ελένη Κωνσταντίνος Αικατερίνη Νίκος Σοφία Άννα Χρήστος",
        "Παπαδόπουλος Βλάχος Αγγελόπουλος Νικολάου Γεωργίου Πέτρου Αθανασίου Δημητρίου Παππάς Οικονόμου",
    ),
    (
        "Turkish",
        WINDOWS_1254,
        "Mehmet Ayşe Mustafa Fatma Çağlar Özlem Işıl Gökhan Şule İbrahim Uğur Ümit Yağmur Barış",
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Güneş Işık",
    ),
    (
        "Hebrew",
        WINDOWS_1255,
        "דוד שרה משה רחל יוסף לאה אברהם מרים יעקב חנה",
        "כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן אזולאי מלכה",
    ),
    (
        "Arabic",
        WINDOWS_1256,
        "محمد فاطمة أحمد عائشة علي مريم خالد نور يوسف زينب",
        "العلي الحسن المصري السيد حداد الخطيب منصور النجار عبدالله إبراهيم",
    ),
    (
        "Japanese",
        SHIFT_JIS,
        "太郎 花子 健太 美咲 翔太 陽子 大輔 直美 拓也 さくら",
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤",
    ),
    (
        "Japanese of Unix",
        EUC_JP,
        "太郎 花子 健太 美咲 翔太 陽子 大輔 直美 拓也 さくら",
        "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤",
    ),
    (
        "Chinese",
        GB18030,
        "伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇",
        "王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙",
    ),
    (
        "Chinese of Taiwan",
        BIG5,
        "志明 淑芬 俊傑 美玲 建宏 雅婷 家豪 怡君",
        "陳 林 黃 張 李 王 吳 劉 蔡 楊",
    ),
    (
        "Korean",
        EUC_KR,
        "민준 서연 지훈 하은 도윤 수빈 현우 지민 예은 준서",
        "김 이 박 최 정 강 조 윤 장 임",
    ),
    (
        "German",
        WINDOWS_1252,
        "Jürgen Jörg Käthe Anna Günther Björn Hans Sören Peter Ursula Uwe Zoë",
        "Müller Schröder Weiß Bäcker Schmidt Köhler Krüger Jäger Groß Meier Vogel Höfer Strauß",
    ),
    (
        "French",
        WINDOWS_1252,
        "François Hélène André Zoé Noël Gaëlle Jérôme Chloé Benoît Anaïs Pierre Marie",
        "Lefèvre Gérard Bézard Dupont Legrand Müller Châtelain Garçon Besançon Martin D’Aubigné Cœur",
    ),
    (
        "Spanish",
        WINDOWS_1252,
        "José María Íñigo Begoña Raúl Mónica Ángel Sofía Andrés Lucía Pedro Ana",
        "Muñoz García Rodríguez Martínez López Núñez Pérez Ibáñez Gómez Álvarez Ruiz Vega",
    ),
    (
        "Portuguese",
        WINDOWS_1252,
        "João Conceição Luís Inês António Antônia Márcia Zé Ana Simão",
        "Gonçalves Simões Araújo Magalhães Silva Conceição Brandão Sá Falcão Lourenço",
    ),
    (
        "Swedish",
        WINDOWS_1252,
        "Åsa Björn Göran Märta Håkan Anna Örjan Lars",
        "Åkesson Öberg Sjöström Lindström Nyström Svensson Bäck Holm",
    ),
    (
        "Danish",
        WINDOWS_1252,
        "Søren Jørgen Åse Mette Bjørn Lærke Kåre Anna",
        "Sørensen Jørgensen Ærø Nørgaard Kjær Møller Hansen Bæk",
    ),
    (
        "German of a Mac",
        MACINTOSH,
        "Jürgen Jörg Käthe Anna Günther Björn Hans Sören Peter Ursula Uwe Zoë",
        "Müller Schröder Weiß Bäcker Schmidt Köhler Krüger Jäger Groß Meier Vogel",
    ),
    (
        "French of a Mac",
        MACINTOSH,
        "François Hélène André Zoé Noël Gaëlle Jérôme Chloé Benoît Anaïs Pierre Marie",
        "Lefèvre Gérard Bézard Dupont Legrand Châtelain Garçon Besançon Martin",
    ),
    (
        "Romanian",
        WINDOWS_1250,
        "Ştefan Ion Maria Cătălin Vasile Ana Răzvan Florenţa",
        "Popescu Ionescu Ţiriac Dumitraşcu Bălan Rădulescu Stănescu Munteanu",
    ),
    (
        "Croatian",
        WINDOWS_1250,
        "Željko Ivan Šime Ana Krešimir Đuro Marija Bože",
        "Horvat Kovačević Babić Marić Jurić Šarić Vuković Đurić",
    ),
];

/// A list of so many people, beginning with one of them.
fn list(first: &str, last: &str, from: usize, count: usize) -> String {
    let first: Vec<&str> = first.split(' ').collect();
    let last: Vec<&str> = last.split(' ').collect();
    let row = |at: usize| {
        let (first, last) = (
            first[at % first.len()],
            last[(at * 7 + at / 5) % last.len()],
        );
        format!("40001{at:02},{first},{last},a{at}.b@example.com,Active\\r\\n")
    };
    let rows: String = (from..from + count).map(row).collect();
    format!("User ID,First Name,Last Name,Email,Status\\r\\n{rows}")
}

fn bytes(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, is_lossy) = encoding.encode(text);
    assert!(!is_lossy, "{text}");
    bytes.into_owned()
}

#[test]
fn names_of_many_countries_are_told_apart() {
    for (language, encoding, first, last) in PEOPLE {
        let mut wrong = Vec::new();
        for count in [5, 10, 20, 50] {
            for from in 0..40 {
                let text = list(first, last, from, count);
                let bytes = bytes(&text, encoding);
                let guess = guess(&bytes);
                if guess.decode_without_bom_handling(&bytes).0 != text {
                    wrong.push((count, from, guess.name()));
                }
            }
        }
        // Five people with hardly a letter of their language are taken for people of Western Europe.
        let may_be_wrong = if *encoding == WINDOWS_1252 { 0 } else { 10 };
        assert!(wrong.len() <= may_be_wrong, "{language}: {wrong:?}");
        let is_short = |it: &&(usize, usize, &str)| it.0 <= 10;
        assert_eq!(
            wrong.iter().filter(is_short).count(),
            wrong.len(),
            "{language}: {wrong:?}"
        );
    }
}

#[test]
fn one_name_of_western_europe_among_many_is_read() {
    let western = PEOPLE.iter().filter(|it| it.1 == WINDOWS_1252);
    let mut wrong = Vec::new();
    for (language, encoding, first, last) in western {
        for name in first.split(' ').chain(last.split(' ')) {
            let text = format!("User ID,Name\\n1,Bo Lind\\n2,{name}\\n3,Eve Smith\\n");
            let bytes = bytes(&text, encoding);
            let guess = guess(&bytes);
            if guess.decode_without_bom_handling(&bytes).0 != text {
                wrong.push(format!("{language}: {name}: {}", guess.name()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_team_from_all_over_western_europe_is_read() {
    let western = PEOPLE.iter().filter(|it| it.1 == WINDOWS_1252);
    let mut names: Vec<&str> = western
        .flat_map(|it| it.2.split(' ').chain(it.3.split(' ')))
        .collect();
    names.extend([
        "O’Neill",
        "Šimek",
        "Žižek",
        "Anne–Marie",
        "Tõnu",
        "Smith",
        "Jones",
        "Brown",
    ]);
    let mut wrong = Vec::new();
    for count in 1..60 {
        for from in 0..names.len() {
            let name = |at: usize| names[(from + at * at * 13 + at * 5) % names.len()];
            let rows: String = (0..count)
                .map(|at| format!("{at},{} {}\n", name(at), name(at + 31)))
                .collect();
            let bytes = bytes(&rows, WINDOWS_1252);
            let guess = guess(&bytes);
            let read = guess.decode_without_bom_handling(&bytes).0;
            if read != rows {
                wrong.push((count, rows.clone(), guess.name()));
            }
        }
    }
    // Of some thirteen thousand lists, these have a name of Eastern Europe in them.
    assert!(wrong.len() <= 3, "{wrong:?}");
    assert!(wrong.iter().all(|it| it.1.contains("Žižek")), "{wrong:?}");
}

#[test]
fn much_is_not_looked_at() {
    let ascii = b"1,Ana Vega\n".repeat(100_000);
    assert_eq!(
        sample(&ascii),
        b"",
        "what all encodings share tells nothing"
    );
    let long = [b"x".repeat(LOOKED_AT).as_slice(), b"\xFC"].concat();
    assert_eq!(sample(&long).len(), LOOKED_AT, "one line");
    let lines = b"M\xFCller\n".repeat(LOOKED_AT);
    assert_eq!(sample(&lines).len(), LOOKED_AT, "many");
}
