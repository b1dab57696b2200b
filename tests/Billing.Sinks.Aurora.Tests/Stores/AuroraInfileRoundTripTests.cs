namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraInfileRoundTripTests : RoundTripSuite<AuroraInfileStore>;
