using Microsoft.AspNetCore.Components;

namespace Plumbline.Interface;

/// <summary>A component that is drawn once, when it has what it shows.</summary>
/// <remarks>
/// The framework draws a component a first time while it still waits for its data: of use where something is shown meanwhile, but a page rendered on the server is sent
/// only when it is complete, and the first drawing would meet fields that are not filled yet. SQLite answers at once and hides that; PostgreSQL does not.
/// </remarks>
public abstract class Loaded : ComponentBase
{
    private bool initialised;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!initialised)
        {
            initialised = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
