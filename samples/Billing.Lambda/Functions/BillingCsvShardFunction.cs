using Billing.HttpApi;
using Billing.Lambda.Runtime;
using Microsoft.Extensions.Logging;

namespace Billing.Lambda.Functions;

/// <summary>System 1 for very large files: ingests one shard of a Distributed Map. Shards may arrive in any order, twice, and at once: the ledger is the same in the end.</summary>
internal sealed class BillingCsvShardFunction : IFunction
{
    private readonly BillingPipeline _pipeline;
    private readonly SourceLayout _layout;
    private readonly string? _scope;
    private readonly ILogger _logger;

    private BillingCsvShardFunction(BillingPipeline pipeline, SourceLayout layout, string? scope, ILogger logger)
    {
        _pipeline = pipeline;
        _layout = layout;
        _scope = scope;
        _logger = logger;
    }

    public static async Task<IFunction> StartAsync(FunctionServices services, CancellationToken cancellationToken)
    {
        // Step Functions has read the file: only a header and commas remain of its format.
        SourceLayout layout = InvoicePipeline.Layout(services) with { Separator = ',', Quote = '"', HasHeader = true, SkipRows = 0, Encoding = null };
        BillingPipeline pipeline = await InvoicePipeline.StartAsync(services, layout, cancellationToken);
        return new BillingCsvShardFunction(pipeline, layout, InvoicePipeline.Scope(services), services.Logger<BillingCsvShardFunction>());
    }

    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        Shard shard = Shard.Parse(invocation.Event);

        // Rows of two files have the same positions, so their scope is the file, within the scope of the settings.
        string? scope = shard.IsByPosition ? _scope is null ? shard.Name : $"{_scope} {shard.Name}" : _scope;
        IngestOptions options = new() { Layout = _layout, Identity = shard.Identity, Scope = scope };
        IngestReport report = await _pipeline.IngestAsync(BillingSource.Bytes(shard.Name, shard.Csv), options, cancellationToken);
        Log.Ingested(_logger, report.Source, report.Read.Rows, report.Stored.Rows, report.Duplicate.Rows, report.Conflict.Rows, report.Quarantined.Rows, report.RunId);
        return JsonBytes.Of(json => FileReply.Write(json, report));
    }
}
