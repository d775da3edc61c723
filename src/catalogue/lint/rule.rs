//! The checks of a rule: its evidence, its screen and its values.

use super::{
    Complaint,
    Step::{Index, Key},
    common, complaint, is_number, postoffice, too_heavy, unknown, unknown_ids,
};
use crate::{catalogue::Tables, model::rule::Rule};

pub(in crate::catalogue) fn rule(tables: &Tables, id: &str, rule: &Rule) -> Vec<Complaint> {
    let mut complaints = common(tables, &rule.sources, &rule.examples);
    complaints.extend(postoffice::checks(id, rule));
    complaints.extend(too_heavy(rule.severity, rule.basis, [Key("severity")]));
    if let Some(screen) = &rule.screen {
        let article = tables.articles.find(&screen.article);
        let quoted = article.as_ref().is_ok_and(|(_, article)| article.messages.len() > screen.message);
        let numbers = article.as_ref().ok().and_then(|(_, article)| article.messages.get(screen.message));
        if numbers.is_some_and(|message| message.text.matches("{number}").count() != screen.numbers.len()) {
            complaints
                .push(complaint([Key("screen"), Key("numbers")], "expected a name for every {number} of the message"));
        }
        if let (true, false) = (article.is_ok(), quoted) {
            complaints
                .push(complaint([Key("screen"), Key("message")], format!("expected a message of {}", screen.article)));
        }
        complaints.extend(unknown(article.err(), [Key("screen"), Key("article")]));
    }
    for (index, value) in rule.values.iter().enumerate() {
        let at = |key| vec![Key("values"), Index(index), Key(key)];
        if !is_number(&value.article) {
            complaints.push(complaint(
                at("article"),
                format!("expected an article's number, Q and digits, found `{}`", value.article),
            ));
        }
        complaints.extend(unknown_ids(&value.products, |id| tables.products.find(id).err(), at("products")));
    }
    complaints
}
