using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>What the host would make of a file, and the terms that it was made with. An import takes exactly these terms.</summary>
/// <param name="Preview">The dry run against the ledger.</param>
/// <param name="Terms">The terms that it was made with.</param>
public sealed record LedgerComparison(PreviewReply Preview, ImportTerms Terms);
