using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;

namespace Billing.Sinks.Dynamo.Schema;

/// <summary>Checks once that the tables exist and have the right shape. Creates missing tables if the options say so.</summary>
internal sealed class Tables(IAmazonDynamoDB client, Retries retries, DynamoSinkOptions options, TimeProvider time, ILogger logger, IReadOnlyList<TableShape>? shapes = null) : IDisposable
{
    private const int MostLooks = 240;
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile bool _areReady;

    /// <exception cref="StoreMissingException">A table is missing.</exception>
    /// <exception cref="BillingException">A table has another shape.</exception>
    public async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_areReady)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_areReady)
            {
                foreach (TableShape shape in shapes ?? Shapes())
                {
                    await ReadyAsync(shape, cancellationToken).ConfigureAwait(false);
                }

                _areReady = true;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private IEnumerable<TableShape> Shapes()
    {
        if (options.Layout is not { } layout)
        {
            yield return TableShape.Own(options.TableName, holdsRecords: true);
        }
        else
        {
            yield return TableShape.Of(options.TableName, layout);
        }

        if (options.LedgerTable != options.TableName)
        {
            yield return TableShape.Own(options.LedgerTable, holdsRecords: false);
        }
    }

    private async Task ReadyAsync(TableShape shape, CancellationToken cancellationToken)
    {
        for (int look = 1; ; look++)
        {
            TableDescription? table = await DescribeAsync(shape.Table, cancellationToken).ConfigureAwait(false);
            if (table is null)
            {
                await CreateAsync(shape, cancellationToken).ConfigureAwait(false);
            }
            else if (shape.MissingIn(table) is { } missing)
            {
                throw new BillingException($"The DynamoDB table {shape.Table} does not have {missing}. Name another table, or create one with:\n{shape.ToCommand()}");
            }
            else if (table.TableStatus == TableStatus.ACTIVE || table.TableStatus == TableStatus.UPDATING)
            {
                return;
            }

            if (look == MostLooks)
            {
                throw new BillingException($"The DynamoDB table {shape.Table} did not become active in {s_betweenLooks * MostLooks:c}. Check it in the AWS console, and run again when it is active.");
            }

            if (table is not null)
            {
                await Task.Delay(s_betweenLooks, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<TableDescription?> DescribeAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            return (await retries.CallAsync(table, token => client.DescribeTableAsync(table, token), cancellationToken).ConfigureAwait(false)).Table;
        }
        catch (BillingException exception) when (exception.InnerException is ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task CreateAsync(TableShape shape, CancellationToken cancellationToken)
    {
        if (!options.CreateTables)
        {
            throw new StoreMissingException(
                $"The DynamoDB table {shape.Table} does not exist. Set {nameof(DynamoSinkOptions)}.{nameof(DynamoSinkOptions.CreateTables)}, correct the region, or create it with:\n{shape.ToCommand()}");
        }

        try
        {
            await retries.CallAsync(shape.Table, token => client.CreateTableAsync(shape.ToRequest(), token), cancellationToken).ConfigureAwait(false);
            Log.TableCreated(logger, shape.Table);
        }
        catch (BillingException exception) when (exception.InnerException is ResourceInUseException)
        {
            // Another program was first; the next check finds the table.
            await Task.Delay(s_betweenLooks, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
