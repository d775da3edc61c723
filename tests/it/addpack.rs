//! Add packs: the worked scenarios of the project's notes, nonsense, and what must hold of every plan.

use crate::program::{run, run_with_input};
use jewelcase::Catalogue;
use jewelcase::internals::{
    addpack::{read, simulate, suggest},
    model::{plan::Plan, plan::StepOutcome, sku::Sku},
    parse::pack::pack,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The scenarios of the notes, by their numbers there.
#[test]
fn worked_scenarios() {
    let scenarios: [(&str, &[&str]); 12] = [
        ("01_first_pack", &["--server", "4.0", "--licenses", "5", "4.0x5"]),
        ("02_same_disk_again", &["--server", "4.0", "--licenses", "10", "4.0x5:used=5-10"]),
        ("03_reinstalled", &["--server", "4.0", "--licenses", "5", "--reinstalled", "4.0x5:used=5-10"]),
        ("05_twenty", &["--server", "4.0", "--licenses", "5", "4.0x20"]),
        ("06_at_the_limit", &["--server", "4.0", "--licenses", "25", "4.0x5"]),
        ("08_to_fifty", &["--server", "4.5", "--licenses", "5", "4.5x20", "4.5x20", "4.5x5"]),
        ("10_newer_pack", &["--server", "4.0", "--licenses", "5", "4.5x5"]),
        ("11_older_pack", &["--server", "4.5", "--licenses", "5", "4.0x5"]),
        ("11_older_pack_converted", &["--server", "4.5", "--licenses", "5", "4.0x5:converted"]),
        ("13_write_protected", &["--server", "4.5", "--licenses", "5", "4.5x5:protected", "4.5x5"]),
        ("15_nt_server", &["--server", "nt4", "--licenses", "10", "4.0x5"]),
        ("20_restart", &["--server", "4.5", "--licenses", "5", "4.5x5", "4.5x5"]),
    ];
    for (name, arguments) in scenarios {
        insta::assert_snapshot!(format!("scenario_{name}"), run(&[&["addpack"], arguments].concat()));
    }
}

#[test]
fn every_other_outcome() {
    insta::assert_snapshot!(
        "converted_server",
        run(&["addpack", "--server", "4.0", "--licenses", "10", "--converted-to-nt", "4.0x5"])
    );
    insta::assert_snapshot!(
        "not_for_resale",
        run(&["addpack", "--server", "4.5", "--edition", "nfr", "--licenses", "5", "4.5x5"])
    );
    insta::assert_snapshot!(
        "not_for_resale_4_0",
        run(&["addpack", "--server", "4.0", "--edition", "msdn", "--licenses", "5", "4.0x5"])
    );
    insta::assert_snapshot!(
        "states",
        run(&[
            "addpack",
            "--server",
            "4.5",
            "--licenses",
            "5",
            "--upgraded-from",
            "4.0",
            "4.0x5:tried-on-4.5",
            "4.5x5:other-server",
            "4.5x5:defective",
            "4.0x5:used=5-10:converted"
        ])
    );
    insta::assert_snapshot!(
        "upgraded",
        run(&["addpack", "--server", "4.5", "--licenses", "10", "--upgraded-from", "4.0", "4.0x5:used=5-10", "4.0x5"])
    );
    insta::assert_snapshot!(
        "out_of_order",
        run(&["addpack", "--server", "4.0", "--licenses", "5", "--reinstalled", "4.0x5:used=10-15", "4.0x5:used=5-10"])
    );
    insta::assert_snapshot!("overshoot", run(&["addpack", "--server", "4.0", "--licenses", "10", "4.0x20"]));
}

#[test]
fn suggestions() {
    let disks = ["4.0x5", "4.5x20:protected", "4.5x5:defective", "4.5x20", "4.0x20:tried-on-4.5"];
    insta::assert_snapshot!(
        "suggest",
        run(&[&["addpack", "--server", "4.5", "--licenses", "5", "--suggest"], &disks[..]].concat())
    );
    insta::assert_snapshot!(
        "suggest_json",
        run(&[&["addpack", "--server", "4.5", "--licenses", "5", "--suggest", "--format", "json"], &disks[..]].concat())
    );
    insta::assert_snapshot!(
        "suggest_nothing",
        run(&["addpack", "--server", "nt4", "--licenses", "5", "--suggest", "4.0x5"])
    );
}

#[test]
fn nonsense_is_refused_with_its_place() {
    let refused: [(&str, &[&str]); 16] = [
        ("size", &["4.0x7"]),
        ("version", &["5.0x5"]),
        ("no_size", &["4.0"]),
        ("state", &["4.0x5:burnt"]),
        ("state_tail", &["4.0x5:newish"]),
        ("step", &["4.0x5:used=5-15"]),
        ("step_backwards", &["4.0x5:used=10-5"]),
        ("new_and_used", &["4.0x5:used=5-10:new"]),
        ("twice", &["4.0x5:defective:defective"]),
        ("converted_newer", &["4.5x5:converted"]),
        ("tried_newer", &["4.5x5:tried-on-4.5"]),
        ("empty", &[""]),
        ("huge_size", &["4.0x99999999999999999999"]),
        ("letters", &["é"]),
        ("option_twice", &["4.0x5", "--licenses", "6"]),
        ("edition", &["4.0x5", "--edition", "oem"]),
    ];
    for (name, arguments) in refused {
        insta::assert_snapshot!(
            format!("refused_{name}"),
            run(&[&["addpack", "--server", "4.0", "--licenses", "5"], arguments].concat())
        );
    }
    insta::assert_snapshot!("refused_licenses", run(&["addpack", "--server", "4.0", "--licenses", "60", "4.0x5"]));
    insta::assert_snapshot!("refused_no_licence", run(&["addpack", "--server", "4.0", "--licenses", "0", "4.0x5"]));
    insta::assert_snapshot!("refused_negative", run(&["addpack", "--server", "4.0", "--licenses", "-5", "4.0x5"]));
    insta::assert_snapshot!("refused_server", run(&["addpack", "--server", "2000", "--licenses", "5", "4.0x5"]));
    insta::assert_snapshot!(
        "refused_upgrade",
        run(&["addpack", "--server", "4.0", "--upgraded-from", "4.5", "--licenses", "5", "4.0x5"])
    );
    insta::assert_snapshot!(
        "refused_thousand",
        run(&[&["addpack", "--server", "4.5", "--licenses", "5"][..], &["4.5x5"; 1000]].concat())
    );
    insta::assert_snapshot!("refused_no_server", run(&["addpack", "4.0x5"]));
}

#[test]
fn plan_files() {
    insta::assert_snapshot!("plan_toml", run(&["addpack", "tests/data/plans/reinstall.toml", "--format", "ndjson"]));
    let json = br#"{"server": "4.5", "licenses": 5, "packs": ["4.5x20", "4.5x20"]}"#;
    insta::assert_snapshot!("plan_json", run_with_input(&["addpack", "-"], json));
    insta::assert_snapshot!(
        "plan_misspelt",
        run_with_input(&["addpack", "-"], b"server = '4.0'\nlicences = 5\npacks = []\n")
    );
    insta::assert_snapshot!("plan_cut", run_with_input(&["addpack", "-"], br#"{"server": "4.5", "pa"#));
    insta::assert_snapshot!("plan_missing", run(&["addpack", "tests/data/plans/none.toml"]));
    insta::assert_snapshot!(
        "plan_and_options",
        run(&["addpack", "tests/data/plans/reinstall.toml", "--licenses", "5"])
    );
    insta::assert_snapshot!("plan_no_text", run_with_input(&["addpack", "-"], b"\xff\xfe"));
}

/// The numbers of a message on the screen are read back.
#[test]
fn the_numbers_of_a_diskette_message_are_used() {
    for text in [
        "This disk can only be reused to restore licenses from 10 to 15 users.",
        "already used to increase client licenses from 10 to 15.",
        "THIS MICROSOFT SMALL BUSINESS SERVER CLIENT ADD PACK DISK WAS ALREADY USED TO INCREASE CLIENT LICENSES FROM 10 TO 15",
    ] {
        let matches = jewelcase::explain(Catalogue::built_in(), text, None);
        assert!(
            matches[0].why.contains("the disk is tied to the step from 10 to 15 licences"),
            "{text}: {}",
            matches[0].why
        );
    }
}

/// Any state that the notation knows, on a pack of a version and size that was sold.
fn any_pack() -> impl Strategy<Value = String> {
    let state = prop_oneof![
        4 => Just(String::new()),
        1 => Just(":protected".to_owned()),
        1 => Just(":defective".to_owned()),
        1 => Just(":other-server".to_owned()),
        4 => (1..10_u32).prop_map(|from| format!(":used={}-", 5 * from)),
        1 => Just(":tried-on-4.5".to_owned()),
        2 => Just(":converted".to_owned()),
    ];
    let version = prop_oneof![Just("4.0"), Just("4.5")];
    (version, prop_oneof![Just(5_u32), Just(20)], state).prop_filter_map(
        "a pack that exists",
        |(version, size, mut state)| {
            if let Some(from) =
                state.strip_prefix(":used=").and_then(|from| from.trim_end_matches('-').parse::<u32>().ok())
            {
                state = format!(":used={from}-{}", from + size);
            }
            let text = format!("{version}x{size}{state}");
            let plan = Plan { server: "4.5".into(), licenses: Some(5), packs: vec![text.clone()], ..Plan::default() };
            simulate(Catalogue::built_in(), &plan).is_ok().then_some(text)
        },
    )
}

fn any_plan(most: usize) -> impl Strategy<Value = Plan> {
    let server = prop_oneof![Just("4.0"), Just("4.0a"), Just("4.5"), Just("nt4")];
    let edition = prop_oneof![6 => Just(None), 1 => Just(Some(Sku::Nfr))];
    (server, edition, 1..6_u32, any::<bool>(), prop::collection::vec(any_pack(), 1..=most)).prop_map(
        |(server, edition, fives, reinstalled, packs)| Plan {
            server: server.into(),
            edition,
            licenses: Some(5 * fives),
            reinstalled,
            packs,
            ..Plan::default()
        },
    )
}

proptest! {
    #[test]
    fn licences_never_fall_and_never_pass_the_limit(plan in any_plan(12)) {
        let forecast = simulate(Catalogue::built_in(), &plan).expect("the plan exists");
        let mut licenses = forecast.start;
        for step in &forecast.steps {
            prop_assert!(step.licenses >= licenses);
            prop_assert_eq!(step.outcome.raises(), step.licenses > licenses);
            prop_assert!(forecast.ceiling.is_none_or(|ceiling| step.licenses <= ceiling));
            prop_assert!(!(step.pack.defective && step.outcome.raises()));
            prop_assert!(!(step.pack.tried_on.is_some() && step.outcome.raises()));
            licenses = step.licenses;
        }
        prop_assert_eq!(licenses, forecast.end);
    }

    /// New disks that all fit below the limit do not mind their order.
    #[test]
    fn independent_disks_agree_in_every_order(sizes in prop::collection::vec(prop_oneof![Just(5_u32), Just(20)], 1..4), turn in 0..4_usize) {
        let packs: Vec<_> = sizes.iter().map(|size| format!("4.5x{size}")).collect();
        prop_assume!(5 + sizes.iter().sum::<u32>() <= 50);
        let mut turned = packs.clone();
        turned.rotate_left(turn % packs.len());
        let end = |packs| {
            let plan = Plan { server: "4.5".into(), licenses: Some(5), packs, ..Plan::default() };
            simulate(Catalogue::built_in(), &plan).expect("the plan exists").end
        };
        prop_assert_eq!(end(packs), end(turned));
    }

    /// The suggested order, given as a plan of its own, does what it was said to do.
    #[test]
    fn suggestions_come_true(plan in any_plan(20)) {
        let catalogue = Catalogue::built_in();
        let suggested = suggest(catalogue, &plan).expect("the plan exists");
        prop_assert_eq!(suggested.steps.len() + suggested.left_out.len(), plan.packs.len());
        prop_assert!(suggested.steps.iter().all(|step| step.outcome.raises()));
        if suggested.steps.is_empty() {
            return Ok(());
        }
        let packs = suggested.steps.iter().map(|step| step.pack.to_string()).collect();
        let again = simulate(catalogue, &Plan { packs, ..plan }).expect("suggested packs exist");
        let outcomes = |steps: &[jewelcase::internals::model::plan::Step]| steps.iter().map(|step| (step.outcome.id(), step.licenses)).collect::<Vec<_>>();
        prop_assert_eq!(outcomes(&again.steps), outcomes(&suggested.steps));
    }

    #[test]
    fn any_text_is_a_pack_or_an_error_with_its_place(text in "[45.0xX:a-z=\\-0-9é]{0,24}|.{0,20}") {
        match pack(&text) {
            Ok(pack) => prop_assert_eq!(jewelcase::internals::parse::pack::pack(&pack.to_string()), Ok(pack)),
            Err(error) => prop_assert!(text.get(error.span.clone()).is_some(), "{:?} {:?}", text, error),
        }
        let _ = read(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// All orders of all choices of up to eight disks, each prepared or not: none ends higher, or as high with fewer disks.
    #[test]
    fn suggestions_are_the_best_of_all_orders(plan in any_plan(8)) {
        let catalogue = Catalogue::built_in();
        let suggested = suggest(catalogue, &plan).expect("the plan exists");
        let (end, disks) = best_by_brute_force(&plan);
        prop_assert_eq!((suggested.end, suggested.steps.len()), (end, disks), "{:?}", plan);
    }
}

/// Tries every disk next, as it is and with everything done to it that may be done, as far as none is spoilt or refused.
fn best_by_brute_force(plan: &Plan) -> (u32, usize) {
    /// Whether a disk raises the licences of this server, and to how many: asked of the simulation, once per question.
    fn raises(plan: &Plan, licenses: u32, pack: &str, known: &mut BTreeMap<(u32, String), Option<u32>>) -> Option<u32> {
        *known.entry((licenses, pack.to_owned())).or_insert_with(|| {
            let plan = Plan { licenses: Some(licenses), packs: vec![pack.to_owned()], ..plan.clone() };
            let forecast = simulate(Catalogue::built_in(), &plan).ok()?;
            let step = &forecast.steps[0];
            matches!(step.outcome, StepOutcome::Applied | StepOutcome::Restored).then_some(step.licenses)
        })
    }
    fn go(
        plan: &Plan,
        licenses: u32,
        left: &[String],
        known: &mut BTreeMap<(u32, String), Option<u32>>,
    ) -> (u32, usize) {
        let mut best = (licenses, 0);
        for at in 0..left.len() {
            let mut rest = left.to_vec();
            let pack = rest.remove(at);
            let opened = pack.replace(":protected", "");
            for prepared in [pack.clone(), opened.clone(), format!("{pack}:converted"), format!("{opened}:converted")] {
                if let Some(raised) = raises(plan, licenses, &prepared, known) {
                    let (end, disks) = go(plan, raised, &rest, known);
                    if end > best.0 || end == best.0 && disks + 1 < best.1 {
                        best = (end, disks + 1);
                    }
                }
            }
        }
        best
    }
    go(plan, plan.licenses.unwrap_or(5), &plan.packs, &mut BTreeMap::new())
}
