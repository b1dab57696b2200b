using Microsoft.Extensions.DependencyInjection;

namespace Billing.Runs;

/// <summary>The services of an application, as a factory sees them. It remembers the objects that the factory got from them, because the services dispose those.</summary>
internal sealed class ResolvedServices(IServiceProvider services) : IServiceProvider, IKeyedServiceProvider
{
    private readonly HashSet<object> _resolved = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether an object came from the services.</summary>
    public bool Gave(object service) => _resolved.Contains(service);

    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceProvider) ? this : Noted(services.GetService(serviceType));

    public object? GetKeyedService(Type serviceType, object? serviceKey) => Noted(Keyed.GetKeyedService(serviceType, serviceKey));

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => Noted(Keyed.GetRequiredKeyedService(serviceType, serviceKey))!;

    private IKeyedServiceProvider Keyed => services as IKeyedServiceProvider
        ?? throw new InvalidOperationException("The application's services do not support keys.");

    private object? Noted(object? service)
    {
        if (service is not null)
        {
            _resolved.Add(service);
        }

        if (service is IEnumerable<IBillingSink> several)
        {
            _resolved.UnionWith(several);
        }

        return service;
    }
}
