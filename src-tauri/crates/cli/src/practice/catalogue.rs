//! What a practice Greenhouse can be: its scenarios, its switches and its faults, by name.

use crate::output::Output;
use serde_json::{Value, json};
use simulator::{FAULTS, SWITCHES, Scenario};

/// Prints all of it.
pub(super) fn list(output: Output) {
    output.answer(&document(), words);
}

fn document() -> Value {
    let scenario = |it: &Scenario| json!({ "name": it.name(), "about": it.about() });
    let scenarios: Vec<Value> = Scenario::ALL.iter().map(scenario).collect();
    let switch = |(name, choices, about): &(&str, &[&str], &str)| json!({ "name": name, "choices": choices, "about": about });
    let switches: Vec<Value> = SWITCHES.iter().map(switch).collect();
    json!({ "scenarios": scenarios, "switches": switches, "faults": FAULTS })
}

fn words() -> String {
    let mut text = "Scenarios (--scenario NAME):\n".to_owned();
    for scenario in Scenario::ALL {
        text.push_str(&format!("  {:<10} {}\n", scenario.name(), scenario.about()));
    }
    text.push_str("\nSwitches (--switch NAME=CHOICE), the usual choice first:\n");
    for (name, choices, about) in SWITCHES {
        let choices = choices.join(" | ");
        text.push_str(&format!("  {name}={choices}\n      {about}\n"));
    }
    text.push_str("\nFaults (--fault FAULT):\n");
    text.push_str(FAULTS);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_named_in_words_and_for_programs() {
        let (words, document) = (words(), document().to_string());
        for name in [
            "troubled",
            "created_candidate",
            "answer_lost",
            "revoke_scope",
        ] {
            assert!(words.contains(name), "{name} is missing in words");
            assert!(document.contains(name), "{name} is missing for programs");
        }
    }
}
