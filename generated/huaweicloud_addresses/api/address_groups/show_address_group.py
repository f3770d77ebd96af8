from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.error import Error
from ...models.show_address_group_response import ShowAddressGroupResponse
from ...types import Response


def _get_kwargs(
    project_id: str,
    address_group_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v3/{project_id}/vpc/address-groups/{address_group_id}".format(
            project_id=quote(str(project_id), safe=""),
            address_group_id=quote(str(address_group_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Error | str | ShowAddressGroupResponse | None:
    if response.status_code == 200:
        response_200 = ShowAddressGroupResponse.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = Error.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Error.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = Error.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Error.from_dict(response.json())

        return response_404

    if response.status_code == 429:

        def _parse_response_429(data: object) -> Error | str:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_throttled_error_type_1 = Error.from_dict(data)

                return componentsschemas_throttled_error_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Error | str, data)

        response_429 = _parse_response_429(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = Error.from_dict(response.json())

        return response_500

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Error | str | ShowAddressGroupResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project_id: str,
    address_group_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | str | ShowAddressGroupResponse]:
    """Show an address group

     What an address group is at present. Neither of the two pages describes it; it serves to observe.

    Args:
        project_id (str):
        address_group_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | Error | str | ShowAddressGroupResponse]
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        address_group_id=address_group_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    project_id: str,
    address_group_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Error | str | ShowAddressGroupResponse | None:
    """Show an address group

     What an address group is at present. Neither of the two pages describes it; it serves to observe.

    Args:
        project_id (str):
        address_group_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | Error | str | ShowAddressGroupResponse
    """

    return sync_detailed(
        project_id=project_id,
        address_group_id=address_group_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    project_id: str,
    address_group_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Error | str | ShowAddressGroupResponse]:
    """Show an address group

     What an address group is at present. Neither of the two pages describes it; it serves to observe.

    Args:
        project_id (str):
        address_group_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Error | Error | str | ShowAddressGroupResponse]
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        address_group_id=address_group_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    project_id: str,
    address_group_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Error | str | ShowAddressGroupResponse | None:
    """Show an address group

     What an address group is at present. Neither of the two pages describes it; it serves to observe.

    Args:
        project_id (str):
        address_group_id (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Error | Error | str | ShowAddressGroupResponse
    """

    return (
        await asyncio_detailed(
            project_id=project_id,
            address_group_id=address_group_id,
            client=client,
        )
    ).parsed
