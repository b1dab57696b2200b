using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Billing.Rivals;

/// <summary>Sets <c>ReturnConsumedCapacity</c> on writes, and adds up what their answers say.</summary>
internal sealed class CapacityMeter(bool isOn) : PipelineHandler
{
    private readonly Lock _lock = new();

    public bool IsOn => isOn;

    public double Units { get; private set; }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        if (!isOn)
        {
            return await base.InvokeAsync<T>(executionContext);
        }

        switch (executionContext.RequestContext.OriginalRequest)
        {
            case PutItemRequest put:
                put.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
                break;
            case UpdateItemRequest update:
                update.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
                break;
            case BatchWriteItemRequest batch:
                batch.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
                break;
            case TransactWriteItemsRequest transaction:
                transaction.ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL;
                break;
            default:
                break;
        }

        T response = await base.InvokeAsync<T>(executionContext);
        double units = response switch
        {
            PutItemResponse put => put.ConsumedCapacity?.CapacityUnits ?? 0,
            UpdateItemResponse update => update.ConsumedCapacity?.CapacityUnits ?? 0,
            BatchWriteItemResponse batch => Sum(batch.ConsumedCapacity),
            TransactWriteItemsResponse transaction => Sum(transaction.ConsumedCapacity),
            _ => 0,
        };
        lock (_lock)
        {
            Units += units;
        }

        return response;
    }

    private static double Sum(List<ConsumedCapacity>? tables) => tables?.Sum(table => table.CapacityUnits ?? 0) ?? 0;
}
