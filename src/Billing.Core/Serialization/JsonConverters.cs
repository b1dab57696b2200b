using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>The converter of each type that has one.</summary>
internal static class JsonConverters
{
    private static readonly FrozenDictionary<Type, Func<Type, JsonSerializerOptions, JsonConverter?>> s_converters = new Dictionary<Type, Func<Type, JsonSerializerOptions, JsonConverter?>>
    {
        [typeof(Currency)] = Always(new TextJsonConverter<Currency>()),
        [typeof(BillingMonth)] = Always(new TextJsonConverter<BillingMonth>()),
        [typeof(ExactSum)] = Always(new TextJsonConverter<ExactSum>(takesNumbers: true)),
        [typeof(Fingerprint)] = Always(new TextJsonConverter<Fingerprint>()),
        [typeof(RecordKey)] = Always(new TextJsonConverter<RecordKey>()),
        [typeof(Money)] = Always(new MoneyJsonConverter()),
        [typeof(ExchangeRate)] = Always(new ExchangeRateJsonConverter()),
        [typeof(Delivery)] = Always(new DeliveryJsonConverter()),
        [typeof(RecordAttributes)] = Always(new AttributesJsonConverter()),
        [typeof(RecordIdentity)] = Always(new IdentityJsonConverter()),
        [typeof(NumberFormat)] = Always(new NumberFormatJsonConverter()),
        [typeof(SourceLayout)] = Always(new LayoutJsonConverter()),
        [typeof(CategoryRules)] = Always(new RulesJsonConverter()),
        [typeof(LayoutAnswer)] = Always(new AnswerJsonConverter()),
        [typeof(Exception)] = Always(new FailureJsonConverter()),
        [typeof(RecordIdentityKind)] = Words<RecordIdentityKind>(),
        [typeof(LedgerEntryKind)] = Words<LedgerEntryKind>(),
        [typeof(DriftPolicy)] = Words<DriftPolicy>(),
        [typeof(DriftKind)] = Words<DriftKind>(),
        [typeof(ReportColumnKind)] = Words<ReportColumnKind>(),
        [typeof(PendingState)] = Words<PendingState>(),
        [typeof(ProofOutcome)] = Words<ProofOutcome>(),
        [typeof(RowOutcomeKind)] = Words<RowOutcomeKind>(),
        [typeof(RunStatus)] = Words<RunStatus>(),
        [typeof(SourceFormat)] = Words<SourceFormat>(),
        [typeof(StatedFigureKind)] = Words<StatedFigureKind>(),
        [typeof(StoreDifferenceKind)] = Words<StoreDifferenceKind>(),
        [typeof(StoreFaultKind)] = Words<StoreFaultKind>(),
        [typeof(LedgerSealKind)] = Words<LedgerSealKind>(),
        [typeof(RecordOrder)] = Words<RecordOrder>(),
        [typeof(SummaryBy)] = Words<SummaryBy>(),
        [typeof(WriteOutcomeKind)] = Words<WriteOutcomeKind>(),
    }.ToFrozenDictionary();

    public static bool Has(Type type) => s_converters.ContainsKey(type);

    public static JsonConverter? Create(Type type, JsonSerializerOptions options) => s_converters[type](type, options);

    private static Func<Type, JsonSerializerOptions, JsonConverter?> Always(JsonConverter converter) => (_, _) => converter;

    private static Func<Type, JsonSerializerOptions, JsonConverter?> Words<TEnum>()
        where TEnum : struct, Enum =>
        new JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false).CreateConverter;
}
