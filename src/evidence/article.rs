//! Checks an article's entry against its own text, and against those that it cites.

use super::{
    claim::{is_version, names},
    holder::{Cited, Holder, top},
};
use crate::{
    catalogue::lint::Step::{Index, Key},
    model::{article::Article, source::Basis},
};

pub(super) fn hold(holder: &mut Holder<'_>, number: &str, article: &Article) {
    let texts = holder.texts;
    match (texts.get(number), article.text_at_hand) {
        (Some(_), false) => {
            holder.fault(&top("text_at_hand"), format!("expected `true`: the text of {number} is among the texts"));
        }
        (Some(_), true) | (None, false) => {}
        (None, true) => holder.held.articles_without_text = holder.held.articles_without_text.saturating_add(1),
    }
    if texts.get(number).is_none() && !article.text_at_hand {
        holder.held.articles_without_text = holder.held.articles_without_text.saturating_add(1);
    }
    let own = Cited::new([number]);
    for (index, message) in article.messages.iter().enumerate() {
        match texts.get(number) {
            Some(text) => {
                holder.count(&[Key("messages"), Index(index), Key("text")], text.prints(&message.text), || {
                    format!("expected a text on the screen as {number} prints it; it does not print `{}`", message.text)
                })
            }
            None => holder.held.claims_without_text = holder.held.claims_without_text.saturating_add(1),
        }
    }
    products(holder, article, &own);
    let sources = article.sources.iter().filter_map(|source| source.article.as_deref());
    let cited = Cited::new([number].into_iter().chain(sources));
    for (key, text) in [("title", &article.title), ("symptom", &article.symptom), ("cause", &article.cause)] {
        holder.prose(&top(key), text, &article.ours, &cited);
    }
    for (index, remedy) in article.remedies.iter().enumerate().filter(|(_, remedy)| remedy.basis == Basis::Documented) {
        let way = |key| vec![Key("remedies"), Index(index), Key(key)];
        holder.prose(&way("title"), &remedy.title, &remedy.ours, &cited);
        holder.list(&way("steps"), &remedy.steps, &remedy.ours, &cited);
        holder.list(&way("applies_to"), &remedy.applies_to, &remedy.ours, &cited);
        if let Some(loses) = &remedy.loses {
            holder.prose(&way("loses"), loses, &remedy.ours, &cited);
        }
    }
}

/// Checks that the text names every product, in one of the versions that the product covers.
fn products(holder: &mut Holder<'_>, article: &Article, own: &Cited) {
    let ours = |text: &str| article.ours.iter().any(|ours| ours == text);
    for (index, id) in article.products.iter().enumerate().filter(|(_, id)| !ours(id)) {
        let Some(product) = holder.catalogue.products.get(id) else { continue };
        holder.product(&[Key("products"), Index(index)], product, own);
    }
    for (index, text) in article.applies_to.iter().enumerate() {
        let mut rest = text.clone();
        article.ours.iter().for_each(|ours| rest = rest.replace(ours.as_str(), " "));
        for name in names(&rest).filter(|name| is_version(name) || name.starts_with(|c: char| c.is_ascii_uppercase())) {
            holder.claim(&[Key("applies_to"), Index(index)], name, own);
        }
    }
}
