//! The product and the marketing framework as lists of items: phases, activities, criteria, strategies, challenges,
//! metrics, integrations, checklists, roadmap. The words are in `assets/product_framework.toml` and
//! `assets/marketing_framework.toml`; what a shop says about them is [`crate::model::strategy::StrategyPlan`].
