namespace Billing.Sinks.Aurora.Tests.Stores;

public sealed class AuroraRoundTripTests : RoundTripSuite<AuroraStore>;
