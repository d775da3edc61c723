//! Judges the absence of a key in the box.

use super::{Ruling, message, prompt, remedy, with_package_sku};
use crate::{
    catalogue::{Catalogue, UnknownId},
    model::{
        finding::Unanswered,
        form::KeyKind,
        product::{Asks, Product, Prompt},
        severity::Severity,
        situation::Situation,
        subject::Subject,
        verdict::Verdict,
    },
};
use std::cmp::Reverse;

/// Judges the absence of a key for a product: needed or not, and the places that Microsoft's articles name for getting one.
///
/// # Errors
/// [`UnknownId`] when the product or package is not in the catalogue; an unnamed product counts as unknown.
///
/// ```
/// use jewelcase::{Catalogue, Situation, Sku, judge_no_key};
/// let package = Some("backoffice-server-4.0");
/// let situation = Situation { product: Some("outlook-97"), sku: Some(Sku::Nfr), package, ..Situation::default() };
/// let subject = judge_no_key(Catalogue::built_in(), &situation)?;
/// assert_eq!(subject.findings[0].remedies, ["Q180399/nfr"]);
/// # Ok::<(), jewelcase::UnknownId>(())
/// ```
pub fn judge_no_key(catalogue: &Catalogue, situation: &Situation<'_>) -> Result<Subject, UnknownId> {
    let (_, product) = catalogue.product(situation.product.unwrap_or_default())?;
    let asked_sku = situation.sku;
    let situation = &with_package_sku(catalogue, &situation.resolve(catalogue)?);
    let prompts = prompt::applicable(product, situation);
    let mut ruling = Ruling::default();
    if prompts.is_empty() {
        let sku = situation.sku.map_or("this", |sku| sku.name());
        ruling.unanswered.push(Unanswered {
            rule: "key/not-in-package".to_owned(),
            reason: format!("no available source says what Setup of the {sku} edition of {} asks for", product.title),
        });
    }
    // Without a channel every prompt is shown; the commonest, which comes first, decides.
    let decides = prompts.first().map(|prompt| prompt.asks);
    for prompt in prompts {
        at_prompt(catalogue, situation, product, prompt, &mut ruling);
    }
    let needed = matches!(decides, Some(Asks::Key | Asks::Unknown) | None);
    let missing = ruling.findings.iter().any(|finding| finding.severity == Severity::Error);
    let verdict = match (needed, missing) {
        (false, _) => Verdict::WellFormed,
        (true, true) => Verdict::Rejected,
        (true, false) => Verdict::Undecided,
    };
    ruling.findings.sort_by_key(|finding| Reverse(finding.severity));
    Ok(Subject {
        text: String::new(),
        kind: KeyKind::Key,
        body: 0..0,
        shown: Vec::new(),
        form: None,
        forms: Vec::new(),
        product: situation.product.map(str::to_owned),
        sku: asked_sku,
        package: situation.package.map(str::to_owned),
        verdict,
        findings: ruling.findings,
        unanswered: ruling.unanswered,
        products: Vec::new(),
        accepted: Vec::new(),
        value: None,
    })
}

fn at_prompt(
    catalogue: &Catalogue,
    situation: &Situation<'_>,
    product: &Product,
    prompt: &Prompt,
    ruling: &mut Ruling<'_>,
) {
    let name = prompt::title(product, prompt);
    let asked = prompt::asked(catalogue, prompt);
    let package = situation.package.and_then(|id| catalogue.packages.get(id));
    let package = package.map_or("some package of it", |package| &package.title);
    let fill = [("product", name.as_str()), ("asked", asked.as_str()), ("package", package)];
    match prompt.asks {
        Asks::Nothing | Asks::Optional => {
            let mut finding = message::finding(catalogue, "key/not-needed", &fill);
            finding.basis = prompt.basis;
            finding.source = prompt.article.clone();
            finding.remedies = remedy::remedies_for(catalogue, &finding.rule, situation);
            ruling.findings.push(finding);
        }
        Asks::Key | Asks::Unknown => {
            // Reported once, for the commonest prompt.
            let told = |rule: &str| rule == "key/not-in-package";
            if ruling.findings.iter().any(|finding| told(&finding.rule))
                || ruling.unanswered.iter().any(|unanswered| told(&unanswered.rule))
            {
                return;
            }
            let mut finding = message::finding(catalogue, "key/not-in-package", &fill);
            finding.remedies = remedy::remedies_for(catalogue, &finding.rule, situation);
            if finding.remedies.is_empty() {
                let place = match &product.label {
                    Some(label) => format!("; the key is usually on {} ({})", label.place, label.article),
                    None => String::new(),
                };
                ruling.unanswered.push(Unanswered {
                    rule: finding.rule,
                    reason: format!(
                        "{name} Setup asks for {asked}, and no available article speaks of a missing key here{place}"
                    ),
                });
            } else {
                finding.source = finding.remedies.first().and_then(|id| id.split('/').next()).map(str::to_owned);
                let bound =
                    |id: &String| catalogue.remedy(id).is_some_and(|(_, _, remedy)| !remedy.when.packages.is_empty());
                if situation.package.is_none() && finding.remedies.iter().all(bound) {
                    finding.severity = Severity::Warning;
                    ruling.unanswered.push(Unanswered {
                        rule: finding.rule.clone(),
                        reason: "it is not known which package the product came in".to_owned(),
                    });
                }
                ruling.findings.push(finding);
            }
        }
    }
}
