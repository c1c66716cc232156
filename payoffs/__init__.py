"""From policy-tool parameters to payoff tables: pages, formulas, ledgers, instruments and games."""
