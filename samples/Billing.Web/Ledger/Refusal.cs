using Billing.Web.Problems;

namespace Billing.Web.Ledger;

/// <summary>What the ledger refuses, as a refusal of the request. What a store fails of stays a failure.</summary>
internal static class Refusal
{
    public static async Task<T> OfAsync<T>(Func<Task<T>> call, int status = StatusCodes.Status409Conflict)
    {
        try
        {
            return await call();
        }
        catch (BillingConfigurationException e)
        {
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, e.Message);
        }
        catch (BillingException e) when (e.InnerException is null && e.GetType() == typeof(BillingException))
        {
            throw new RefusedException(status, e.Message);
        }
        catch (ArgumentException e) when (e.InnerException is null)
        {
            throw new RefusedException(StatusCodes.Status400BadRequest, e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
        }
    }
}
