//! The three sentences for every way a file can be wrong.

use super::{Content, Explanation, FileProblem, Hazard, RowProblem};
use crate::format::Format;

const EXPORT_AGAIN: &str =
    "In Greenhouse, open Configure > Users > Export to Excel and hand over the .xlsx file you get.";

pub(super) fn of(problem: &FileProblem) -> Explanation {
    match problem {
        FileProblem::Unreadable(cause) => Explanation::new(
            "The file could not be read.",
            format!("The computer says: {cause}."),
            "Check that the file still exists and that you may open it, then hand it over again.",
        ),
        FileProblem::NotAFile => Explanation::new(
            "This is a folder or a device, not a file.",
            "Only a file can be read here.",
            "Open the folder and hand over the file that lies in it.",
        ),
        FileProblem::Changing => Explanation::new(
            "The file changed while it was being read.",
            "Another program is still writing it, or the download has not finished.",
            "Wait until it is complete, then hand it over again.",
        ),
        FileProblem::Empty => Explanation::new(
            "The file is empty.",
            "It holds no row that could be read.",
            "Check that the export or download finished, and hand over the complete file.",
        ),
        FileProblem::PasswordProtected => Explanation::new(
            "The workbook is protected with a password.",
            "Without the password nobody can see what is in it, and it is not asked for here.",
            "Open it in your spreadsheet program, remove the password (File > Info > Protect Workbook \
             in Excel), save it as .xlsx and hand it over again.",
        ),
        FileProblem::OtherFormat(format) => other_format(*format),
        FileProblem::Damaged => Explanation::new(
            "The file is damaged.",
            "It was cut off or changed on its way, so what is in it cannot be trusted.",
            "Download or export it again and hand over the fresh file.",
        ),
        FileProblem::Unsafe(hazard) => refused(*hazard),
        FileProblem::OtherContent { found, wanted } => other_content(*found, *wanted),
        FileProblem::NothingTaken {
            wanted,
            rows,
            first,
        } => nothing_taken(*wanted, *rows, first),
    }
}

fn nothing_taken(wanted: Content, rows: u32, first: &RowProblem) -> Explanation {
    let what = match wanted {
        Content::UserExport => "No row of this file could be taken as a user.",
        Content::TeamList => "No row of this file has an e-mail address.",
        _ => "No row of this file could be taken.",
    };
    let rows = match rows {
        1 => format!("The only row, {}, was left out.", first.cell),
        _ => format!(
            "All {rows} rows were left out, the first at {}.",
            first.cell
        ),
    };
    let now = match wanted {
        Content::UserExport => EXPORT_AGAIN,
        _ => "Correct the rows and hand the file over again.",
    };
    Explanation::new(
        format!("{what} Nothing was taken in."),
        // Without what stands in the row, so that it may be logged.
        format!("{rows} {}", first.why),
        now,
    )
}

fn other_format(format: Format) -> Explanation {
    let (why, now) = match format {
        Format::Xls | Format::Xlsb => (
            "Only the newer .xlsx kind of Excel file is read.",
            "Open it in your spreadsheet program, choose Save As, Excel Workbook (.xlsx), and hand that over.",
        ),
        Format::Ods | Format::Numbers | Format::Dif => (
            "Its format is not read here.",
            "Open it in the program it was made with, save or export it as Excel (.xlsx), and hand that over.",
        ),
        Format::Html | Format::SpreadsheetXml => (
            "Some programs save web pages under the name of a spreadsheet.",
            "Open it in your spreadsheet program, choose Save As, Excel Workbook (.xlsx), and hand that over.",
        ),
        Format::Archive => (
            "A packed folder is not looked into.",
            "Unpack it and hand over the spreadsheet that lies in it.",
        ),
        Format::JsonLines => (
            "JSON is read for sourced candidates only.",
            "Hand over an Excel workbook (.xlsx) or a CSV file.",
        ),
        Format::Xlsx
        | Format::Delimited
        | Format::Pdf
        | Format::Word
        | Format::Slides
        | Format::Picture
        | Format::Text
        | Format::Unknown => (
            "It is not a spreadsheet, whatever its name ends in.",
            "Hand over an Excel workbook (.xlsx) or a CSV file.",
        ),
    };
    Explanation::new(format!("This is {format}."), why, now)
}

fn refused(hazard: Hazard) -> Explanation {
    let why = match hazard {
        Hazard::FileTooLarge => "It is larger than 50 MB, which no list of people should be.",
        Hazard::TooMuchInside => "It holds more than a list of people can hold.",
        Hazard::Inflates => {
            "It unpacks to very much more than its size, as files made to do harm do."
        }
        Hazard::EndlessText => "A text in it is longer than any spreadsheet program allows.",
        Hazard::NestedTooDeep => "It is nested deeper than any spreadsheet program writes.",
        Hazard::Declarations => {
            "It declares document types or entities, which no spreadsheet program writes."
        }
        Hazard::FalseClaim => "It claims sizes that cannot be true.",
        Hazard::NamedTwice => {
            "Two parts of it have the same name, so what is in it depends on the program that reads it."
        }
        Hazard::ValueInPieces => {
            "A value in it is written in pieces, as no spreadsheet program does, so an id could be read wrong."
        }
    };
    Explanation::new(
        "The file was refused before it was read.",
        why,
        "Get the file from its source again. If it is right, copy its rows into a new workbook and \
         hand that over.",
    )
}

fn other_content(found: Content, wanted: Content) -> Explanation {
    let why = match (found, wanted) {
        (Content::BulkImportTemplate, Content::UserExport) => {
            "It has names and e-mail addresses, but no User ID column, and the ids are what is needed."
        }
        (Content::OtherReport, Content::UserExport) => {
            "Its columns are about candidates or jobs, and the list of users is what is needed."
        }
        (_, Content::UserExport) => "No column in it is called User ID.",
        (Content::UserExport, _) => {
            "The people in it are Greenhouse's users: it belongs to the step Users."
        }
        (Content::TeamList, Content::SourcedCandidates) => {
            "The people in it use Headhuntr: it belongs to the step Mapping."
        }
        (_, Content::SourcedCandidates) => {
            "No row in it has headers for a Headhuntr candidate id and a name."
        }
        (Content::SourcedCandidates, Content::TeamList) => {
            "The people in it were found by your team, and are not part of it."
        }
        (_, Content::TeamList) => "No row in it has headers for a name or an e-mail address.",
        (_, _) => "It is something else than what is wanted here.",
    };
    let now = match wanted {
        Content::UserExport => EXPORT_AGAIN,
        Content::TeamList => {
            "Hand over a CSV or .xlsx file with a header row: name, e-mail and Headhuntr user id."
        }
        Content::SourcedCandidates => {
            "Hand over a CSV, .xlsx or JSON Lines file whose header row names at least Headhuntr id, \
             first name and last name."
        }
        Content::BulkImportTemplate
        | Content::OtherReport
        | Content::UnknownTable
        | Content::Nothing => "Hand over the file that is asked for.",
    };
    Explanation::new(format!("This is {found}; wanted is {wanted}."), why, now)
}
