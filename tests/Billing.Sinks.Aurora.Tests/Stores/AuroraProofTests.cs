namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraProofTests : ProofSuite<AuroraStore>;
