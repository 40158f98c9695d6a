//! Saved rules by name: what rules that speak of other segments mean.

use std::collections::BTreeMap;

use super::Rule;

/// Rules by the name of their segment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library(pub BTreeMap<String, Rule>);

/// Deeper than this nobody thinks.
const DEEPEST: usize = 60;

impl Library {
    /// The rule with every saved segment replaced by the rule it stands for.
    ///
    /// # Errors
    /// A sentence when a segment is not there, speaks of itself, or the rule is nested too deep.
    pub fn resolve(&self, rule: &Rule) -> Result<Rule, String> {
        self.follow(rule, &mut Vec::new(), 0)
    }

    fn follow<'a>(&'a self, rule: &'a Rule, path: &mut Vec<&'a str>, depth: usize) -> Result<Rule, String> {
        if depth > DEEPEST {
            return Err(format!(
                "the rule is nested more than {DEEPEST} deep; save parts of it as segments of their own"
            ));
        }
        let mut each = |rules: &'a [Rule]| -> Result<Vec<Rule>, String> {
            rules.iter().map(|rule| self.follow(rule, path, depth + 1)).collect()
        };
        Ok(match rule {
            Rule::All(rules) => Rule::All(each(rules)?),
            Rule::Any(rules) => Rule::Any(each(rules)?),
            Rule::Not(rule) => Rule::Not(Box::new(self.follow(rule, path, depth + 1)?)),
            Rule::Where(condition) => Rule::Where(condition.clone()),
            Rule::InSegment(name) => {
                if path.contains(&name.as_str()) {
                    return Err(format!(
                        "segment “{name}” would be made of itself ({}); leave one of them out",
                        path.iter()
                            .chain([&name.as_str()])
                            .map(|name| format!("“{name}”"))
                            .collect::<Vec<_>>()
                            .join(" → ")
                    ));
                }
                let Some(inner) = self.0.get(name) else {
                    return Err(format!(
                        "there is no segment “{name}”; choose another, or save one of that name first"
                    ));
                };
                path.push(name);
                let inner = self.follow(inner, path, depth + 1)?;
                path.pop();
                inner
            }
        })
    }

    /// Names of the segments whose rules speak of this one themselves.
    pub fn users_of(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(_, rule)| rule.names(name)).map(|(user, _)| user.as_str()).collect()
    }
}

impl Rule {
    /// Whether it speaks of a saved segment itself.
    fn names(&self, segment: &str) -> bool {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().any(|rule| rule.names(segment)),
            Self::Not(rule) => rule.names(segment),
            Self::InSegment(name) => name == segment,
            Self::Where(_) => false,
        }
    }

    /// The rule with a saved segment called by its new name.
    #[must_use]
    pub fn renamed(&self, from: &str, to: &str) -> Self {
        let each = |rules: &[Self]| rules.iter().map(|rule| rule.renamed(from, to)).collect();
        match self {
            Self::All(rules) => Self::All(each(rules)),
            Self::Any(rules) => Self::Any(each(rules)),
            Self::Not(rule) => Self::Not(Box::new(rule.renamed(from, to))),
            Self::InSegment(name) if name == from => Self::InSegment(to.to_owned()),
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library(rules: &[(&str, &str)]) -> Library {
        Library(rules.iter().map(|(name, text)| ((*name).to_owned(), Rule::parse(text).unwrap())).collect())
    }

    #[test]
    fn saved_segments_are_followed_and_circles_refused() {
        let saved =
            library(&[("big", "spend >= 100"), ("big here", "in \"big\" and country is DE"), ("me", "in \"me\"")]);
        let rule = saved.resolve(&Rule::parse("not in \"big here\"").unwrap()).unwrap();
        assert_eq!(rule.to_string(), "not (spend >= 100 and country is DE)");
        assert!(saved.resolve(&Rule::parse("in \"gone\"").unwrap()).unwrap_err().contains("no segment “gone”"));
        let circle = library(&[("a", "in \"b\""), ("b", "orders >= 1 or not in \"a\"")]);
        let refusal = circle.resolve(&Rule::InSegment("a".into())).unwrap_err();
        assert!(refusal.contains("“a” → “b” → “a”"), "{refusal}");
        assert!(saved.resolve(&Rule::InSegment("me".into())).unwrap_err().contains("of itself"));
        assert_eq!(saved.users_of("big"), ["big here"]);
        assert_eq!(Rule::parse("not in \"a\"").unwrap().renamed("a", "c").to_string(), "not in \"c\"");
    }
}
