namespace Billing.Aws;

/// <summary>How messages that hold one record each are ingested.</summary>
public sealed class SqsRecordOptions
{
    /// <summary>What makes a message's record the same record: named members, such as <c>transaction_id</c>. Needed: neither content nor position is the same on every delivery of a batch.</summary>
    public RecordIdentity? Identity { get; set; }

    /// <summary>Which member is what. Default null: as the pipeline says. State the members: those of the first message of a batch stand for all.</summary>
    public SourceLayout? Layout { get; set; }

    /// <summary>Whose records the queue holds. Default null: as the pipeline says.</summary>
    public string? Scope { get; set; }

    /// <summary>The name of the source that records carry. Default null: <c>sqs:</c> and the name of the queue.</summary>
    public string? SourceName { get; set; }

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
    internal SqsRecordOptions Checked()
    {
        Check(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(Scope), Scope, "an account or a supplier, or null");
        Check(SourceName is null || !string.IsNullOrWhiteSpace(SourceName), nameof(SourceName), SourceName, "a name, or null");
        return (Identity ?? Layout?.Identity) is { Kind: RecordIdentityKind.Columns }
        ? (SqsRecordOptions)MemberwiseClone()
        : throw new BillingConfigurationException($"Messages of a queue need an identity by columns: they come again, in other batches and in any order. Set {nameof(SqsRecordOptions)}.{nameof(Identity)}, such as RecordIdentity.Columns(\"transaction_id\").");
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(SqsRecordOptions), option, value, use);
}
