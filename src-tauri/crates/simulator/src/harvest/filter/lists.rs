//! Every list there is, with its documented filters.

use super::Test;

pub(super) type Filters = &'static [(&'static str, Test)];

const VISIBILITIES: &[&str] = &[
    "admin_only_visible",
    "privately_visible",
    "publicly_visible",
];

/// Every list with the filters it has besides the ones that all lists have.
pub(super) const LISTS: &[(&str, Filters)] = &[
    (
        "users",
        &[
            ("agency_ids", Test::Ids("agency_id")),
            ("office_ids", Test::AnyOf("office_ids")),
            ("department_ids", Test::AnyOf("department_ids")),
            ("linked_candidate_ids", Test::AnyOf("linked_candidate_ids")),
            ("interviewer_tag_ids", Test::Nobody),
            ("employee_ids", Test::Texts("employee_id")),
            ("custom_field_option_id", Test::Nobody),
            ("deactivated", Test::Flag("deactivated")),
            ("primary_email", Test::Texts("primary_email")),
            ("external_office_id", Test::Nobody),
            ("external_department_id", Test::Nobody),
            ("show_service_accounts", Test::Unused),
        ],
    ),
    (
        "user_emails",
        &[
            ("user_ids", Test::Ids("user_id")),
            ("email", Test::Texts("email")),
            ("verified", Test::Flag("verified")),
            (
                "verification_token_sent_at",
                Test::Date("verification_token_sent_at"),
            ),
        ],
    ),
    (
        "candidates",
        &[
            ("last_activity_at", Test::Date("last_activity_at")),
            ("custom_field_option_id", Test::Nobody),
            ("private", Test::Flag("private")),
            ("email", Test::Email),
            ("tag", Test::Tag),
        ],
    ),
    (
        "applications",
        &[
            ("candidate_ids", Test::Ids("candidate_id")),
            ("job_ids", Test::Ids("job_id")),
            ("prospective_job_ids", Test::AnyOf("prospective_job_ids")),
            ("job_post_ids", Test::Ids("job_post_id")),
            ("source_ids", Test::Ids("source_id")),
            ("referrer_ids", Test::Ids("referrer_id")),
            ("stage_ids", Test::Ids("stage_id")),
            ("status", Test::Status),
            ("stage_name", Test::Text("stage_name")),
            ("custom_field_option_id", Test::Nobody),
            ("last_activity_at", Test::Date("last_activity_at")),
            ("prospect", Test::Flag("prospect")),
        ],
    ),
    (
        "application_stages",
        &[
            ("application_ids", Test::Ids("application_id")),
            (
                "job_interview_stage_ids",
                Test::Ids("job_interview_stage_id"),
            ),
            ("current", Test::Flag("current")),
        ],
    ),
    (
        "prospect_details",
        &[
            ("application_ids", Test::Ids("application_id")),
            ("pool_ids", Test::Ids("pool_id")),
            ("pool_stage_ids", Test::Ids("pool_stage_id")),
            ("prospect_owner_ids", Test::Ids("prospect_owner_id")),
            ("department_ids", Test::Ids("department_id")),
            ("office_ids", Test::Ids("office_id")),
        ],
    ),
    (
        "attachments",
        &[
            ("application_ids", Test::Ids("application_id")),
            ("candidate_ids", Test::Ids("candidate_id")),
            ("type", Test::Text("type")),
        ],
    ),
    (
        "notes",
        &[
            ("candidate_ids", Test::Ids("candidate_id")),
            ("user_ids", Test::Ids("user_id")),
            ("application_ids", Test::Ids("application_id")),
            ("type", Test::Text("type")),
            ("visibility", Test::Word("visibility", VISIBILITIES)),
        ],
    ),
    (
        "candidate_educations",
        &[
            ("candidate_ids", Test::Ids("candidate_id")),
            ("start_at", Test::Date("start_at")),
            ("end_at", Test::Date("end_at")),
            ("latest", Test::Flag("latest")),
        ],
    ),
    (
        "candidate_employments",
        &[
            ("candidate_ids", Test::Ids("candidate_id")),
            ("latest", Test::Flag("latest")),
        ],
    ),
    ("candidate_tags", &[]),
    (
        "applied_candidate_tags",
        &[
            ("candidate_ids", Test::Ids("candidate_id")),
            ("candidate_tag_ids", Test::Ids("candidate_tag_id")),
        ],
    ),
    (
        "jobs",
        &[
            ("opened_at", Test::Date("opened_at")),
            ("closed_at", Test::Date("closed_at")),
            ("requisition_id", Test::Text("requisition_id")),
            ("department_id", Test::Id("department_id")),
            ("office_id", Test::AnyOf("office_ids")),
            ("custom_field_option_id", Test::Nobody),
            ("confidential", Test::Flag("confidential")),
            ("status", Test::Word("status", &["open", "draft", "closed"])),
        ],
    ),
    (
        "job_posts",
        &[
            ("job_ids", Test::Ids("job_id")),
            ("job_board_ids", Test::Ids("job_board_id")),
            ("active", Test::Flag("active")),
            ("featured", Test::Flag("featured")),
            ("live", Test::Flag("live")),
            ("internal", Test::Flag("internal")),
        ],
    ),
    (
        "job_post_locations",
        &[
            ("job_post_ids", Test::Ids("job_post_id")),
            ("office_ids", Test::Ids("office_id")),
            ("custom_location_ids", Test::Ids("custom_location_id")),
            ("type", Test::Text("type")),
            ("plain_text_location", Test::Text("plain_text_location")),
        ],
    ),
    (
        "job_interview_stages",
        &[
            ("job_ids", Test::Ids("job_id")),
            ("active", Test::Flag("active")),
        ],
    ),
    (
        "job_interviews",
        &[
            (
                "job_interview_stage_ids",
                Test::Ids("job_interview_stage_id"),
            ),
            ("job_ids", Test::Ids("job_id")),
            ("active", Test::Flag("active")),
            ("scheduling_type", Test::Text("scheduling_type")),
        ],
    ),
    (
        "job_owners",
        &[
            ("user_ids", Test::Ids("user_id")),
            ("job_ids", Test::Ids("job_id")),
            (
                "type",
                Test::Word("type", &["recruiter", "coordinator", "sourcer"]),
            ),
        ],
    ),
    (
        "job_hiring_managers",
        &[
            ("user_ids", Test::Ids("user_id")),
            ("job_ids", Test::Ids("job_id")),
        ],
    ),
    (
        "tracking_links",
        &[
            ("job_ids", Test::Ids("job_id")),
            ("source_ids", Test::Ids("source_id")),
            ("referrer_ids", Test::Ids("referrer_id")),
            ("job_board_ids", Test::Ids("job_board_id")),
            ("job_post_ids", Test::Ids("job_post_id")),
        ],
    ),
    (
        "departments",
        &[
            ("parent_id", Test::Id("parent_id")),
            ("external_id", Test::Text("external_id")),
        ],
    ),
    (
        "offices",
        &[
            ("parent_id", Test::Id("parent_id")),
            ("external_id", Test::Text("external_id")),
        ],
    ),
    ("sources", &[]),
    ("referrers", &[("user_ids", Test::Ids("user_id"))]),
    (
        "prospect_pools",
        &[
            ("department_ids", Test::AnyOf("department_ids")),
            ("office_ids", Test::AnyOf("office_ids")),
            ("job_ids", Test::AnyOf("job_ids")),
            ("active", Test::Flag("active")),
        ],
    ),
    (
        "prospect_pool_stages",
        &[("prospect_pool_ids", Test::Ids("prospect_pool_id"))],
    ),
    (
        "custom_fields",
        &[
            ("field_type", Test::Text("field_type")),
            ("active", Test::Flag("active")),
            ("name", Test::Text("name")),
            ("name_key", Test::Text("name_key")),
        ],
    ),
    (
        "custom_field_options",
        &[
            ("custom_field_ids", Test::Ids("custom_field_id")),
            ("active", Test::Flag("active")),
            // Becomes the ids of the fields of this key before it is held against anything.
            ("custom_field_key", Test::Text("custom_field_key")),
        ],
    ),
    ("rejection_reasons", &[("include_defaults", Test::Unused)]),
    (
        "rejection_details",
        &[
            ("application_ids", Test::Ids("application_id")),
            ("rejection_reason_ids", Test::Ids("rejection_reason_id")),
            ("custom_field_option_id", Test::Nobody),
        ],
    ),
    ("user_roles", &[]),
    (
        "user_job_permissions",
        &[
            ("job_ids", Test::Ids("job_id")),
            ("user_ids", Test::Ids("user_id")),
            ("role_ids", Test::Ids("role_id")),
        ],
    ),
];
