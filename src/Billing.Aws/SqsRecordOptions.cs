namespace Billing.Aws;

/// <summary>Options for ingesting messages that hold one record each.</summary>
public sealed class SqsRecordOptions
{
    /// <summary>The members that identify a record, such as <c>transaction_id</c>. Required: neither content nor position is the same on every delivery of a batch.</summary>
    public RecordIdentity? Identity { get; set; }

    /// <summary>Which member is what. Default null: the layout of the pipeline. Name the members: those of the first message of a batch apply to all.</summary>
    public SourceLayout? Layout { get; set; }

    /// <summary>Whose records the queue holds. Default null: the scope of the pipeline.</summary>
    public string? Scope { get; set; }

    /// <summary>The source name that records carry. Default null: <c>sqs:</c> and the name of the queue.</summary>
    public string? SourceName { get; set; }

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    internal SqsRecordOptions Checked()
    {
        Check(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(Scope), Scope, "an account or a supplier, or null");
        Check(SourceName is null || !string.IsNullOrWhiteSpace(SourceName), nameof(SourceName), SourceName, "a name, or null");
        return (Identity ?? Layout?.Identity) is { Kind: RecordIdentityKind.Columns }
        ? (SqsRecordOptions)MemberwiseClone()
        : throw new BillingConfigurationException($"Messages of a queue need an identity by columns, because they are delivered again, in other batches and in any order. Set {nameof(SqsRecordOptions)}.{nameof(Identity)}, such as RecordIdentity.Columns(\"transaction_id\").");
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(SqsRecordOptions), option, value, use);
}
