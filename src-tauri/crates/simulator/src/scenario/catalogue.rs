//! Lists to choose from: sources, rejection reasons, tags, schools, degrees, disciplines.

use super::organisation::oldest_first;
use crate::world::World;
use domain::ids::{
    CandidateTagId, CustomFieldId, CustomFieldOptionId, RejectionReasonId, SourceId,
};
use greenhouse::wire::{
    CandidateTag, CustomField, CustomFieldOption, RejectionReason, RejectionType, Source,
    SourceType,
};
use jiff::Timestamp;

/// Name, kind's id, kind.
const SOURCES: [(&str, i64, &str); 5] = [
    ("Headhuntr.io", 1, "Prospecting"),
    ("LinkedIn (Prospecting)", 1, "Prospecting"),
    ("Referral", 2, "Referrals"),
    ("Jobs page on your website", 3, "Company marketing"),
    ("Alder Talent", 4, "Agencies"),
];

/// Name, kind's id, key, kind.
const REASONS: [(&str, i64, &str, &str); 4] = [
    (
        "Lacking skill(s)/qualification(s)",
        1,
        "WE_REJECTED_THEM",
        "We rejected them",
    ),
    (
        "Hired somebody else",
        1,
        "WE_REJECTED_THEM",
        "We rejected them",
    ),
    (
        "Took another offer",
        2,
        "THEY_REJECTED_US",
        "They rejected us",
    ),
    ("No reason given", 3, "NONE_SPECIFIED", "None specified"),
];

const TAGS: [&str; 4] = ["sourced", "speaks Dutch", "silver medalist", "relocation"];

/// Key, name, options.
const FIELDS: [(&str, &str, &[&str]); 3] = [
    (
        "school_name",
        "School",
        &[
            "Fernhill University",
            "Harbour Institute of Technology",
            "Northern College of Art",
            "Universität Birkenau am See",
            "Instituto Superior Serra Azul",
        ],
    ),
    (
        "degree",
        "Degree",
        &[
            "Bachelor's Degree",
            "Master's Degree",
            "Doctorate",
            "High School",
        ],
    ),
    (
        "discipline",
        "Discipline",
        &[
            "Computer Science",
            "Mathematics",
            "Design",
            "Business",
            "Linguistics",
        ],
    ),
];

/// Makes the sources, which even an empty organisation has.
pub(crate) fn sources(world: &mut World, at: Timestamp) {
    for (name, kind, kind_name) in SOURCES {
        world.sources.insert(|id| Source {
            id: SourceId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            kind: Some(SourceType {
                id: Some(kind),
                name: Some(kind_name.to_owned()),
            }),
        });
    }
}

/// Makes everything else there is to choose from.
pub(crate) fn lists(world: &mut World, at: Timestamp) {
    for (name, kind, key, kind_name) in REASONS {
        world.rejection_reasons.insert(|id| RejectionReason {
            id: RejectionReasonId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
            kind: Some(RejectionType {
                id: Some(kind),
                key: Some(key.to_owned()),
                name: Some(kind_name.to_owned()),
            }),
        });
    }
    for name in TAGS {
        world.candidate_tags.insert(|id| CandidateTag {
            id: CandidateTagId(id),
            created_at: Some(at),
            updated_at: Some(at),
            name: Some(name.to_owned()),
        });
    }
    for (key, name, options) in FIELDS {
        field(world, key, name, options, at);
    }
}

fn field(world: &mut World, key: &str, name: &str, options: &[&str], at: Timestamp) {
    let field = world.custom_fields.insert(|id| CustomField {
        id: CustomFieldId(id),
        created_at: Some(at),
        updated_at: Some(at),
        name: Some(name.to_owned()),
        name_key: Some(key.to_owned()),
        field_type: Some("education".to_owned()),
        value_type: Some("single_select".to_owned()),
        active: Some(true),
        required: Some(false),
        private: Some(false),
        sort_order: Some(0),
        description: None,
    });
    for (order, option) in (0..).zip(options) {
        world.custom_field_options.insert(|id| CustomFieldOption {
            id: CustomFieldOptionId(id),
            created_at: Some(at),
            updated_at: Some(at),
            custom_field_id: Some(field.id),
            name: Some((*option).to_owned()),
            external_id: None,
            sort_order: Some(order),
            active: Some(true),
        });
    }
}

/// Returns the options of a field, in their order.
pub(crate) fn options_of(world: &World, key: &str) -> Vec<CustomFieldOptionId> {
    let field = world
        .custom_fields
        .records()
        .find(|it| it.name_key.as_deref() == Some(key));
    let Some(field) = field else {
        return Vec::new();
    };
    let options = world.custom_field_options.records();
    let of_field = options.filter(|it| it.custom_field_id == Some(field.id));
    oldest_first(of_field.map(|it| it.id))
}
