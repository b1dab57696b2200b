namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileProofTests : ProofSuite<AuroraInfileStore>;
