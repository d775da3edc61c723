//! Conversion of entries into owned values.

use super::{
    AtProduct, Candidate, DiscMarker, DiscPrompt, Entry, Field, FileProperties, Finding, KeyProperties, LeftOut,
    Location, MediaProperties, PlanProperties, PostofficeProperties, Properties, Step, Unanswered,
};
use std::borrow::Cow;

/// Converts a borrowed value into one that owns its contents.
trait Owned {
    type Output;
    fn owned(self) -> Self::Output;
}

impl<T: ToOwned + ?Sized + 'static> Owned for Cow<'_, T> {
    type Output = Cow<'static, T>;
    fn owned(self) -> Self::Output {
        Cow::Owned(self.into_owned())
    }
}

impl<T: Owned> Owned for Option<T> {
    type Output = Option<T::Output>;
    fn owned(self) -> Self::Output {
        self.map(T::owned)
    }
}

impl<T: Owned> Owned for Vec<T> {
    type Output = Vec<T::Output>;
    fn owned(self) -> Self::Output {
        self.into_iter().map(T::owned).collect()
    }
}

impl Owned for Location<'_> {
    type Output = Location<'static>;
    fn owned(self) -> Self::Output {
        Location { path: self.path.owned(), line: self.line, column: self.column }
    }
}

impl Owned for Finding<'_> {
    type Output = Finding<'static>;
    fn owned(self) -> Self::Output {
        Finding {
            rule: self.rule.owned(),
            message: self.message.owned(),
            remedies: self.remedies.owned(),
            location: self.location.owned(),
            source: self.source.owned(),
            severity: self.severity,
            basis: self.basis,
            span: self.span,
            state: self.state,
        }
    }
}

impl Owned for Unanswered<'_> {
    type Output = Unanswered<'static>;
    fn owned(self) -> Self::Output {
        Unanswered { rule: self.rule.owned(), reason: self.reason.owned() }
    }
}

impl Owned for Candidate<'_> {
    type Output = Candidate<'static>;
    fn owned(self) -> Self::Output {
        Candidate { form: self.form.owned(), why: self.why.owned() }
    }
}

impl Owned for AtProduct<'_> {
    type Output = AtProduct<'static>;
    fn owned(self) -> Self::Output {
        AtProduct { product: self.product.owned(), rules: self.rules.owned(), sku: self.sku, verdict: self.verdict }
    }
}

impl Owned for Field<'_> {
    type Output = Field<'static>;
    fn owned(self) -> Self::Output {
        Field { name: self.name.owned(), value: self.value.owned() }
    }
}

impl Owned for Step<'_> {
    type Output = Step<'static>;
    fn owned(self) -> Self::Output {
        Step {
            pack: self.pack.owned(),
            rule: self.rule.owned(),
            remedies: self.remedies.owned(),
            preparations: self.preparations.owned(),
            screen: self.screen.owned(),
            outcome: self.outcome,
            licenses: self.licenses,
        }
    }
}

impl Owned for LeftOut<'_> {
    type Output = LeftOut<'static>;
    fn owned(self) -> Self::Output {
        LeftOut {
            pack: self.pack.owned(),
            rule: self.rule.owned(),
            message: self.message.owned(),
            remedies: self.remedies.owned(),
            source: self.source.owned(),
            basis: self.basis,
        }
    }
}

impl Owned for PostofficeProperties<'_> {
    type Output = PostofficeProperties<'static>;
    fn owned(self) -> Self::Output {
        PostofficeProperties {
            path: self.path.owned(),
            network: self.network.owned(),
            postoffice: self.postoffice.owned(),
            class_because: self.class_because.owned(),
            serial: self.serial.owned(),
            serial_source: self.serial_source.owned(),
            serial_evidence: self.serial_evidence.owned(),
            volume: self.volume.owned(),
            class: self.class,
            users: self.users,
        }
    }
}

impl Owned for FileProperties<'_> {
    type Output = FileProperties<'static>;
    fn owned(self) -> Self::Output {
        FileProperties { path: self.path.owned(), read_as: self.read_as.owned() }
    }
}

impl Owned for DiscMarker<'_> {
    type Output = DiscMarker<'static>;
    fn owned(self) -> Self::Output {
        DiscMarker {
            path: self.path.owned(),
            says: self.says.owned(),
            article: self.article.owned(),
            work: self.work.owned(),
            strength: self.strength,
            agrees: self.agrees,
            basis: self.basis,
        }
    }
}

impl Owned for DiscPrompt<'_> {
    type Output = DiscPrompt<'static>;
    fn owned(self) -> Self::Output {
        DiscPrompt { product: self.product.owned(), forms: self.forms.owned(), sku: self.sku, asks: self.asks }
    }
}

impl Owned for MediaProperties<'_> {
    type Output = MediaProperties<'static>;
    fn owned(self) -> Self::Output {
        MediaProperties {
            label: self.label.owned(),
            version: self.version.owned(),
            language: self.language.owned(),
            products: self.products.owned(),
            edition: self.edition.owned(),
            markers: self.markers.owned(),
            prompts: self.prompts.owned(),
        }
    }
}

impl Owned for PlanProperties<'_> {
    type Output = PlanProperties<'static>;
    fn owned(self) -> Self::Output {
        PlanProperties {
            steps: self.steps.owned(),
            left_out: self.left_out.owned(),
            title: self.title.owned(),
            upgraded_from: self.upgraded_from.owned(),
            start: self.start,
            end: self.end,
            ceiling: self.ceiling,
            reinstalled: self.reinstalled,
            converted_to_nt: self.converted_to_nt,
        }
    }
}

impl Entry<'_> {
    /// The entry, owned.
    pub fn into_owned(self) -> Entry<'static> {
        Entry {
            label: self.label.owned(),
            location: self.location.owned(),
            form: self.form.owned(),
            product: self.product.owned(),
            from: self.from.owned(),
            findings: self.findings.owned(),
            unanswered: self.unanswered.owned(),
            properties: self.properties.owned(),
            kind: self.kind,
            sku: self.sku,
            verdict: self.verdict,
        }
    }
}

impl Owned for KeyProperties<'_> {
    type Output = KeyProperties<'static>;
    fn owned(self) -> Self::Output {
        KeyProperties {
            forms: self.forms.owned(),
            products: self.products.owned(),
            record: self.record.map(|record| record.into_owned().owned().into()),
            body: self.body,
            value: self.value.owned(),
        }
    }
}

impl Owned for Properties<'_> {
    type Output = Properties<'static>;
    fn owned(self) -> Self::Output {
        match self {
            Self::Plan(plan) => Properties::Plan(plan.owned()),
            Self::Key(key) => Properties::Key(key.owned()),
            Self::Postoffice(postoffice) => Properties::Postoffice(postoffice.owned()),
            Self::Media(media) => Properties::Media(media.owned()),
            Self::File(file) => Properties::File(file.owned()),
        }
    }
}
