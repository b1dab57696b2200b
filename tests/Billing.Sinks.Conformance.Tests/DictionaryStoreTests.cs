using Billing.OwnSink;

namespace Billing.Sinks.Conformance.Tests;

public sealed class DictionaryStoreUnderTest() : StoreUnderTest(new DictionaryStore());

public sealed class DictionaryWriteTests : WriteSuite<DictionaryStoreUnderTest>;

public sealed class DictionaryRoundTripTests : RoundTripSuite<DictionaryStoreUnderTest>;

public sealed class DictionaryQueryTests : QuerySuite<DictionaryStoreUnderTest>;

public sealed class DictionaryKeepTests : KeepSuite<DictionaryStoreUnderTest>;

public sealed class DictionaryProofTests : ProofSuite<DictionaryStoreUnderTest>;

public sealed class DictionaryKillTests : KillSuite<DictionaryStoreUnderTest>;
